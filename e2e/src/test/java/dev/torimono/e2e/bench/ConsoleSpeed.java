// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.e2e.bench;

import dev.torimono.e2e.browser.Browser;
import dev.torimono.e2e.fixture.CollectorProcess;
import dev.torimono.e2e.fixture.Pause;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Random;
import tools.jackson.databind.JsonNode;

/**
 * How fast the console of a collector as it is shipped draws: first paint, ten thousand events that
 * scroll, a tree of two thousand processes. {@code FOLDER} is for everything it writes; {@code
 * bench/scripts/console} runs it.
 */
final class ConsoleSpeed {
    private static final int EVENTS = 10_000;
    private static final int BATCH = 500;
    private static final int TREE = 2_000;
    private static final int LOADS = 5;
    private static final int FRAMES = 600;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Browser browser;

    private ConsoleSpeed(Browser browser) {
        this.browser = browser;
    }

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        CollectorProcess collector = CollectorProcess.start(folder.resolve("data"));
        try (Browser browser =
                new Browser(
                        folder.resolve("browser"),
                        collector.uri(),
                        collector.certificate(),
                        "en")) {
            fill(collector);
            browser.open("/");
            browser.type("Account", "admin");
            browser.type("Password", collector.adminPassword());
            browser.click("button", "Log in");
            browser.await("the feed", "document.querySelector('.event-row') !== null");
            ConsoleSpeed speed = new ConsoleSpeed(browser);
            speed.firstPaint();
            speed.feed();
            speed.tree(collector.awaitEvent("ruleName = tree").path("id").asString(""));
        } finally {
            collector.close();
        }
    }

    private static void say(String text) {
        System.out.println(text);
    }

    /** From the beginning of a load, with nothing in the browser's cache. */
    private void firstPaint() {
        for (int i = 0; i < LOADS; i++) {
            browser.open("/events?last=" + (80_000 + i));
            browser.await("the feed", "document.querySelector('.event-row') !== null");
            JsonNode found =
                    browser.script(
                            """
                            (() => {
                              const paint = performance.getEntriesByName('first-contentful-paint')[0];
                              const page = performance.getEntriesByType('navigation')[0];
                              const files = performance.getEntriesByType('resource')
                                .filter(one => one.name.includes('/assets/'));
                              return {
                                paint: Math.round(paint ? paint.startTime : -1),
                                ready: Math.round(page.domInteractive),
                                files: files.length,
                                bytes: files.reduce((sum, one) => sum + one.encodedBodySize, 0),
                              };
                            })()""");
            say("load " + (i + 1) + ": " + found);
        }
    }

    private void feed() {
        browser.open("/events?last=604800");
        browser.await("the feed", "document.querySelector('.event-row') !== null");
        // To the end, so that all of them are there; pages load as it goes.
        Pause.until(
                EVENTS + " events in the list",
                LIMIT,
                () ->
                        browser.script(
                                                "(() => { const list = document.querySelector('.event-list');"
                                                        + " list.scrollTop = list.scrollHeight;"
                                                        + " return list.scrollHeight / 58; })()")
                                        .asDouble(0)
                                >= EVENTS);
        Pause.millis(1000);
        frames("feed, 240 px a frame", "list.scrollTop -= 240");
        frames("feed, 1200 px a frame", "list.scrollTop -= 1200");
        frames("feed, anywhere", "list.scrollTop = Math.random() * list.scrollHeight");
        say("feed: elements " + browser.script("document.querySelectorAll('*').length"));
    }

    private void tree(String event) {
        long beganNs = System.nanoTime();
        browser.open("/events/" + event);
        browser.await("the tree", "document.querySelectorAll('.box').length > 3");
        say("tree: drawn after " + (System.nanoTime() - beganNs) / 1_000_000 + " ms");
        say("tree: boxes " + browser.script("document.querySelectorAll('.box').length"));
        frames(
                "tree, keys",
                "document.querySelector('[role=tree]')?.dispatchEvent(new KeyboardEvent('keydown',"
                        + " {key: n % 2 ? 'ArrowRight' : 'ArrowDown', bubbles: true}))");
        frames(
                "tree, zoom",
                "document.querySelector('[role=tree]')?.dispatchEvent(new WheelEvent('wheel',"
                        + " {deltaY: n % 60 < 30 ? 40 : -40, ctrlKey: true, clientX: 500, clientY:"
                        + " 500, bubbles: true, cancelable: true}))");
    }

    private void frames(String what, String move) {
        JsonNode gaps = browser.script(eachFrame(move));
        int n = gaps.size();
        long slow = gaps.valueStream().filter(gap -> gap.asDouble() > 34).count();
        say(
                "%s: p50 %.1f, p95 %.1f, p99 %.1f, longest %.1f ms; %d of %d over 34 ms"
                        .formatted(
                                what,
                                gaps.path(n / 2).asDouble(),
                                gaps.path(n * 95 / 100).asDouble(),
                                gaps.path(n * 99 / 100).asDouble(),
                                gaps.path(n - 1).asDouble(),
                                slow,
                                n));
    }

    /** Moves something every frame; gives the time between frames, sorted, ms. */
    private static String eachFrame(String move) {
        return """
        new Promise(done => {
          const gaps = []; let last = 0; let n = 0;
          const list = document.querySelector('.event-list');
          const step = now => {
            if (last > 0) gaps.push(now - last);
            last = now;
            if (n++ === %d) return done(gaps.sort((a, b) => a - b));
            %s;
            requestAnimationFrame(step);
          };
          requestAnimationFrame(step);
        })"""
                .formatted(FRAMES, move);
    }

    private static void fill(CollectorProcess collector) throws IOException {
        String agent = collector.enrol("speed");
        Random random = new Random(1);
        long nowMs = System.currentTimeMillis();
        for (int batch = 0; batch < EVENTS / BATCH; batch++) {
            StringBuilder lines = new StringBuilder();
            for (int i = 0; i < BATCH; i++) {
                int number = batch * BATCH + i;
                Instant at = Instant.ofEpochMilli(nowMs - (EVENTS - number) * 30_000L);
                lines.append(line("1-" + number, alert(random, at))).append('\n');
            }
            collector.tell(agent, lines.toString());
        }
        collector.tell(agent, treeOf(Instant.ofEpochMilli(nowMs)));
    }

    private static String line(String key, String alert) {
        return "{\"key\":\"" + key + "\",\"alert\":" + alert + "}";
    }

    private static String alert(Random random, Instant at) {
        int rule = random.nextInt(60);
        int container = random.nextInt(200);
        String tail = Long.toString(random.nextLong() >>> 1, 36);
        return """
        {"rule":"Rule number %d of those that we ship","time":"%s","priority":"%s","hostname":"speed",
         "source":"syscall","output":"something happened %s","tags":["mitre_execution"],
         "output_fields":{"container.id":"%012x","container.name":"svc-%d","proc.name":"worker",
         "proc.pname":"sh","proc.cmdline":"worker --job %d --input /var/data/%s --again %s",
         "user.name":"u%d","evt.type":"execve","container.image.repository":"registry.example.org/t/svc"},
         "lineage":[{"pid":%d,"name":"worker","cmdline":"worker --job %s","container":"%012x"},
         {"pid":9,"name":"sh","cmdline":"sh -c %s","container":"%012x"},
         {"pid":1,"name":"systemd","cmdline":"/sbin/init","container":"host"}]}"""
                .formatted(
                        rule,
                        at,
                        new String[] {"Critical", "Warning", "Notice", "Informational"}[rule % 4],
                        tail,
                        container * 7919L,
                        container,
                        random.nextInt(1 << 30),
                        tail,
                        tail,
                        random.nextInt(40),
                        random.nextInt(100_000),
                        tail,
                        container * 7919L,
                        tail,
                        container * 7919L)
                .replaceAll("\n *", "");
    }

    /** An alert in a container, and two thousand processes that were there with it. */
    private static String treeOf(Instant at) {
        long atNs = at.getEpochSecond() * 1_000_000_000L;
        StringBuilder lines = new StringBuilder();
        lines.append(
                line(
                        "2-0",
                        """
                        {"rule":"tree","time":"%s","priority":"Critical","hostname":"speed",
                         "source":"syscall","output":"x","tags":[],"output_fields":{"container.id":
                         "aaaaaaaaaaaa","proc.name":"p100","proc.pid":100},"lineage":[%s,%s,%s]}"""
                                .formatted(at, process(100), process(10), process(1))
                                .replaceAll("\n *", "")));
        lines.append("\n{\"key\":\"2-1\",\"alert\":{\"activity\":{\"container\":\"aaaaaaaaaaaa\",");
        lines.append("\"time\":").append(atNs).append(",\"deeds\":[");
        for (int pid = 2; pid <= TREE; pid++) {
            lines.append(pid == 2 ? "" : ",").append("{\"kind\":\"process\",\"time\":");
            lines.append(atNs - pid * 1000L).append(',').append(process(pid).substring(1));
            lines.setLength(lines.length() - 1);
            lines.append(",\"parent\":").append(process(Math.max(1, pid / 10))).append('}');
        }
        return lines.append("]}}}\n").toString();
    }

    private static String process(int pid) {
        return String.format(
                Locale.ROOT,
                "{\"pid\":%d,\"start_ns\":%d,\"name\":\"p%d\",\"exe\":\"/bin/p%d\",\"cmdline\":\"p%d"
                        + " --flag\",\"uid\":0,\"container\":\"aaaaaaaaaaaa\"}",
                pid,
                pid * 10_000_000L,
                pid,
                pid,
                pid);
    }
}
