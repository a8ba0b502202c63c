// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.e2e.browser;

import dev.torimono.e2e.fixture.Pause;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * A browser without a window, on the console of a collector whose certificate it knows. What pages
 * ask of anybody else, and what they complain of, is kept for the tests to look at.
 */
public final class Browser implements AutoCloseable {
    public static final String PROGRAM = Chromium.PROGRAM;
    private static final Duration LIMIT = Duration.ofSeconds(90);

    private final URI console;
    private final Chromium process;
    private final URI page;

    /** Whether the process ends with this page. */
    private final boolean whole;

    private final DevTools tools;
    private final Noise noise;

    /**
     * @param folder for its profile
     * @param console where the collector is
     * @param certificate the collector's
     * @param language as a browser tells it: en, ja
     */
    public Browser(Path folder, URI console, Path certificate, String language) {
        this(console, Chromium.started(folder, certificate, language));
    }

    private Browser(URI console, Chromium process) {
        this(console, process, process.page(), true);
    }

    private Browser(URI console, Chromium process, URI page, boolean whole) {
        this.console = console;
        this.process = process;
        this.page = page;
        this.whole = whole;
        this.noise = new Noise(console);
        this.tools = new DevTools(page, noise::heard);
        for (String domain : List.of("Page", "Runtime", "Network", "Log")) {
            tools.send(domain + ".enable", Map.of());
        }
        tools.send("Page.addScriptToEvaluateOnNewDocument", Map.of("source", resource("page.js")));
        size(1440, 900);
    }

    /** Another page of the same browser: what it keeps and who has logged in are there, too. */
    public Browser tab() {
        return new Browser(console, process, process.newPage(), false);
    }

    /** Whatever was asked of anybody but the collector. */
    public List<String> strangers() {
        return noise.strangers();
    }

    /** Exceptions, and what the policy for content kept from happening. */
    public List<String> complaints() {
        return noise.complaints();
    }

    public void size(int width, int height) {
        tools.send(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    public void dark(boolean dark) {
        Map<String, String> feature =
                Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light");
        tools.send("Emulation.setEmulatedMedia", Map.of("features", List.of(feature)));
    }

    /** Whether files of an earlier page may serve the next. */
    public void cache(boolean on) {
        tools.send("Network.setCacheDisabled", Map.of("cacheDisabled", !on));
    }

    /** Opens an address of the console. */
    public void open(String path) {
        tools.send("Page.navigate", Map.of("url", console + path));
        String there =
                "document.readyState === 'complete' && document.querySelector('main') !== null";
        Pause.until("the page of " + path, LIMIT, () -> now(there).asBoolean(false));
    }

    /** Evaluates JavaScript, and what it promises. */
    public JsonNode script(String expression) {
        JsonNode answer =
                tools.send(
                        "Runtime.evaluate",
                        Map.of(
                                "expression",
                                expression,
                                "returnByValue",
                                true,
                                "awaitPromise",
                                true));
        if (answer.has("exceptionDetails")) {
            throw new AssertionError(expression + ": " + answer.path("exceptionDetails"));
        }
        return answer.path("result").path("value");
    }

    /** Clicks on what a person would call so, once it can be clicked on. */
    public void click(String role, String name) {
        JsonNode[] place = new JsonNode[1];
        Pause.until(
                role + " '" + name + "' to click on; the page says:\n" + safeText(),
                LIMIT,
                () -> {
                    place[0] = ask("place", role, name);
                    return place[0].has("x");
                });
        double x = place[0].path("x").asDouble();
        double y = place[0].path("y").asDouble();
        mouse("mouseMoved", x, y, false);
        mouse("mousePressed", x, y, true);
        mouse("mouseReleased", x, y, true);
    }

    /** Drags over an element from one fraction of its width to another. */
    public void drag(String selector, double from, double to) {
        JsonNode box =
                script(
                        "(() => { const box = document.querySelector('"
                                + selector
                                + "').getBoundingClientRect(); return {x: box.x, y: box.y, width:"
                                + " box.width, height: box.height}; })()");
        double left = box.path("x").asDouble();
        double width = box.path("width").asDouble();
        double y = box.path("y").asDouble() + box.path("height").asDouble() / 2;
        mouse("mouseMoved", left + width * from, y, false);
        mouse("mousePressed", left + width * from, y, true);
        mouse("mouseMoved", left + width * (from + to) / 2, y, true);
        mouse("mouseMoved", left + width * to, y, true);
        mouse("mouseReleased", left + width * to, y, true);
    }

    private void mouse(String type, double x, double y, boolean held) {
        tools.send(
                "Input.dispatchMouseEvent",
                Map.of(
                        "type",
                        type,
                        "x",
                        x,
                        "y",
                        y,
                        "button",
                        held ? "left" : "none",
                        "buttons",
                        held && !type.equals("mouseReleased") ? 1 : 0,
                        "clickCount",
                        type.equals("mouseMoved") ? 0 : 1));
    }

    /** Types into a field, after what is there. */
    public void type(String field, String text) {
        Pause.until(
                "field '" + field + "'",
                LIMIT,
                () -> ask("focus", "field", field).asBoolean(false));
        tools.send("Input.insertText", Map.of("text", text));
    }

    /** Empties a field. */
    public void clear(String field) {
        set(field, "", "HTMLInputElement", "input");
    }

    /** Chooses a value of a list. */
    public void choose(String field, String value) {
        set(field, value, "HTMLSelectElement", "change");
    }

    /** As the browser would tell the page of it. */
    private void set(String field, String value, String kind, String event) {
        await("field " + field, "torimonoTest.focus('field', '" + field + "')");
        script(
                "(() => { const field = document.activeElement;"
                        + " Object.getOwnPropertyDescriptor("
                        + kind
                        + ".prototype, 'value').set.call(field, '"
                        + value
                        + "'); field.dispatchEvent(new Event('"
                        + event
                        + "', {bubbles: true})); return true; })()");
    }

    public void press(String key) {
        String text = key.length() == 1 ? key : key.equals("Enter") ? "\r" : "";
        for (String type : List.of("keyDown", "keyUp")) {
            tools.send(
                    "Input.dispatchKeyEvent",
                    Map.of("type", type, "key", key, "code", key, "text", text));
        }
    }

    /** Whether a switch is on, or what a field has. */
    public String state(String role, String name) {
        return ask("state", role, name).asString("");
    }

    public void awaitText(String text) {
        Pause.until(
                "the text '" + text + "' on the page",
                LIMIT,
                () -> safeText().contains(text),
                this::safeText);
    }

    public void await(String what, String condition) {
        Pause.until(what, LIMIT, () -> now(condition).asBoolean(false), this::safeText);
    }

    public String text() {
        return script("torimonoTest.text()").asString("");
    }

    private String safeText() {
        return now("window.torimonoTest && document.body ? torimonoTest.text() : ''").asString("");
    }

    /** The same as {@link #script}; missing of a page that goes just now: there is another soon. */
    private JsonNode now(String expression) {
        try {
            return script(expression);
        } catch (DevTools.Navigated e) {
            return MissingNode.getInstance();
        }
    }

    private JsonNode ask(String what, String role, String name) {
        String arguments =
                JsonMapper.shared().writeValueAsString(role)
                        + ", "
                        + JsonMapper.shared().writeValueAsString(name);
        return script("torimonoTest." + what + "(" + arguments + ")");
    }

    /** The whole window as PNG, with few colours. */
    public void screenshot(Path file) {
        String png =
                tools.send("Page.captureScreenshot", Map.of("format", "png"))
                        .path("data")
                        .asString("");
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, SmallPng.of(Base64.getDecoder().decode(png)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String resource(String name) {
        try (InputStream in = Browser.class.getResourceAsStream("/browser/" + name)) {
            if (in == null) {
                throw new IOException(name + ": no such resource");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        tools.close();
        if (whole) {
            process.close();
        } else {
            process.closePage(page);
        }
    }
}
