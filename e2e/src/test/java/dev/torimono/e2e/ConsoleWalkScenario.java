// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.e2e;

import static dev.torimono.e2e.ConsoleStage.checkAccessible;
import static dev.torimono.e2e.ConsoleStage.checkContrast;
import static dev.torimono.e2e.ConsoleStage.checkQuiet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.e2e.browser.Browser;
import dev.torimono.e2e.browser.Places;
import dev.torimono.e2e.fixture.AgentProcess;
import dev.torimono.e2e.fixture.ConsoleContent;
import dev.torimono.e2e.fixture.DockerDaemon;
import dev.torimono.e2e.fixture.NeedsDocker;
import dev.torimono.e2e.fixture.NeedsPrograms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/**
 * Every page, and the dialogs of the settings, with something to show: axe looks at all of them.
 */
@NeedsDocker
@NeedsPrograms(Browser.PROGRAM)
class ConsoleWalkScenario extends OneConsole {
    private static final Path ROUTES = AgentProcess.root().resolve("console/src/main/web/app.tsx");

    /** A page, and the button on it that opens something. */
    private static final List<List<String>> DIALOGS =
            List.of(
                    List.of("/settings/accounts", "New user"),
                    List.of("/settings/accounts", "Change role: mika"),
                    List.of("/settings/accounts", "Remove: mika"),
                    List.of("/settings/channels", "New channel"),
                    List.of("/settings/channels", "night shift"),
                    List.of("/settings/tokens", "New token"),
                    List.of("/settings/tokens", "Revoke: ci"),
                    List.of("/settings/keys", "New access key"),
                    List.of("/settings/forwarders", "New forwarder"),
                    List.of("/activity/responses", "Undo"));

    private final Map<String, String> places;

    ConsoleWalkScenario(DockerDaemon docker) {
        super(docker, "console-walk");
        collector.awaitInForce();
        long policy = policy();
        collector.awaitInForce();
        stage.test.terminal("sh", "-c", "true").run();
        String shell = "container.name = \"" + stage.test.name() + "\"";
        String event = collector.awaitEvent(shell).path("id").asString("");
        ConsoleContent.response(collector, event, stage.test.name());
        ConsoleContent.settings(collector);
        ConsoleContent.shipped(collector, stage.test.name());
        this.places = Places.of(collector, policy, event, event);
        for (String tab : List.of("fields", "related", "respond", "tune", "notes", "raw")) {
            places.put("event, " + tab, "/events/" + event + "?tab=" + tab);
        }
        places.put("group", "/events?group=ruleName");
        places.put("library, all", "/library");
        places.put("macro", "/library/macros/open_write");
        places.put("rule, changed", "/library/rules/Malicious%20filenames%20written/edit");
        places.put("policy, new", "/policies/new/falco");
        places.put("nowhere", "/nowhere");
    }

    private long policy() {
        return collector
                .call(
                        "POST",
                        "/api/v2/policies",
                        """
                        {"name": "No shells", "description": "d", "severity": 1, "type": "falco",
                         "scope": "container.name = %s", "ruleNames": ["Terminal shell in container"]}"""
                                .formatted(stage.test.name()))
                .path("id")
                .asLong(0);
    }

    @Test
    void axeFindsNothingWrongInBothThemes() throws IOException {
        try (Browser browser = stage.admin()) {
            SoftAssertions all = new SoftAssertions();
            for (Map.Entry<String, String> place : places.entrySet()) {
                open(browser, place.getValue());
                all.check(() -> check(browser, place.getKey()));
            }
            List<List<String>> dialogs = new ArrayList<>(DIALOGS);
            for (String button : List.of("Add an exception", "Back to what is shipped")) {
                dialogs.add(List.of(places.getOrDefault("policy-shipped", ""), button));
            }
            for (List<String> dialog : dialogs) {
                open(browser, dialog.getFirst());
                if (dialog.getFirst().startsWith("/policies/")) {
                    // It comes later, and moves what stands below it.
                    browser.awaitText("Covers ");
                }
                browser.click("button", dialog.getLast());
                browser.await("a dialog", "document.querySelector('dialog[open]') !== null");
                all.check(() -> check(browser, dialog.toString()));
            }
            all.assertAll();
            checkQuiet(browser);
        }
    }

    private static void check(Browser browser, String page) throws IOException {
        browser.dark(false);
        checkAccessible(browser, page);
        browser.dark(true);
        checkContrast(browser, page + ", dark");
    }

    private static void open(Browser browser, String path) {
        browser.open(path);
        browser.await(
                "the content of " + path,
                "document.querySelector('.rail') !== null"
                        + " && document.querySelector('.loading') === null"
                        + " && document.querySelector('main').innerText.length > 20");
    }

    @Test
    void noRouteIsLeftOut() throws IOException {
        List<Pattern> routes = new ArrayList<>();
        var found =
                Pattern.compile("<Route path=\"([^\"]+)\" component")
                        .matcher(Files.readString(ROUTES));
        while (found.find()) {
            String pattern = found.group(1).replaceAll("/:\\w+\\?", "(/[^/]+)?");
            routes.add(Pattern.compile(pattern.replaceAll(":\\w+", "[^/]+")));
        }
        assertThat(routes).hasSizeGreaterThan(15);
        List<String> paths =
                places.values().stream().map(path -> path.replaceAll("\\?.*", "")).toList();
        assertThat(routes)
                .allSatisfy(
                        route -> assertThat(paths).anyMatch(path -> route.matcher(path).matches()));
    }
}
