// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.e2e.bench;

import dev.torimono.e2e.browser.Browser;
import dev.torimono.e2e.fixture.CollectorProcess;
import dev.torimono.e2e.fixture.LargeTree;
import dev.torimono.e2e.fixture.Pause;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import tools.jackson.databind.JsonNode;

/**
 * How fast the console of a collector as it is shipped draws: loads of pages, ten thousand events
 * that scroll, a tree of two thousand processes, unfolded. {@code FOLDER} is for everything it
 * writes; {@code bench/scripts/console} runs it.
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
            String event = collector.awaitEvent(LargeTree.FILTER).path("id").asString("");
            speed.loads(event);
            speed.feed();
            speed.tree(event);
        } finally {
            collector.close();
        }
    }

    private static void say(String text) {
        System.out.println(text);
    }

    /** From the beginning of a load, with nothing in the browser's cache; the last 24 hours. */
    private void loads(String event) {
        browser.cache(false);
        loads("events", "/events", ".event-row");
        loads("overview", "/overview", ".overview h2");
        loads("event", "/events/" + event, ".box");
        loads("policies", "/policies", ".list tbody tr");
        loads("rule editor", "/library/new-rule", ".cm-content");
        loads("users", "/settings/accounts", ".list tbody tr");
        browser.cache(true);
    }

    private void loads(String page, String path, String content) {
        for (int i = 0; i < LOADS; i++) {
            browser.open("/nowhere");
            browser.open(path);
            browser.await(page, "document.querySelector('" + content + "') !== null");
            // What comes late counts too: layout shifts, a larger paint.
            Pause.millis(1000);
            say("load of " + page + ": " + browser.script(LOAD));
        }
    }

    /**
     * First and largest paint, layout shift, tasks over 50 ms: how many, the longest, and how long
     * they blocked; what was loaded, as it came over the wire.
     */
    private static final String LOAD =
            """
            new Promise(done => {
              const all = {};
              const types = ['largest-contentful-paint', 'layout-shift', 'longtask'];
              for (const type of types) {
                all[type] = [];
                new PerformanceObserver(list => all[type].push(...list.getEntries()))
                  .observe({type, buffered: true});
              }
              setTimeout(() => {
                const first = performance.getEntriesByName('first-contentful-paint')[0];
                const files = performance.getEntriesByType('resource');
                const assets = files.filter(one => one.name.includes('/assets/'));
                const tasks = all.longtask.map(one => one.duration);
                const shift = all['layout-shift'].filter(one => !one.hadRecentInput)
                  .reduce((sum, one) => sum + one.value, 0);
                done({
                  firstPaint: Math.round(first ? first.startTime : -1),
                  largestPaint: Math.round(
                    all['largest-contentful-paint'].reduce((most, one) =>
                      Math.max(most, one.startTime), -1)),
                  layoutShift: Math.round(shift * 1000) / 1000,
                  longTasks: tasks.length,
                  longest: Math.round(Math.max(0, ...tasks)),
                  blocked: Math.round(tasks.reduce((sum, one) => sum + one - 50, 0)),
                  files: assets.length,
                  kilobytes: Math.round(
                    assets.reduce((sum, one) => sum + one.encodedBodySize, 0) / 1024),
                });
              }, 300);
            })""";

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
        for (int i = 0; i < LOADS; i++) {
            say("tree: unfolded and painted after " + pressed("u") + " ms");
            say("tree: folded and painted after " + pressed("u") + " ms");
        }
        pressed("u");
        say("tree, unfolded: elements " + elements());
        frames("tree, unfolded, dragged 25 px a frame", drag(25, 12));
        frames("tree, unfolded, dragged 200 px a frame", drag(0, 200));
        frames(
                "tree, unfolded, keys",
                key("n % 40 === 0 ? 'ArrowRight' : n % 40 === 20 ? 'ArrowLeft' : 'ArrowDown'"));
        frames("tree, unfolded, zoomed from close to afar and back", wheel());
        pressed("Escape");
        pressed("f");
        say("tree, from afar: elements " + elements());
        frames("tree, from afar, dragged 25 px a frame", drag(25, 12));
    }

    private JsonNode elements() {
        return browser.script("document.querySelectorAll('.tree-stage *').length");
    }

    /** From a key to the frame after the one that shows what it did. */
    private JsonNode pressed(String key) {
        return browser.script(
                """
                new Promise(done => {
                  const began = performance.now();
                  const tree = document.querySelector('[role=tree]');
                  tree.dispatchEvent(new KeyboardEvent('keydown', {key: '%s', bubbles: true}));
                  requestAnimationFrame(() => requestAnimationFrame(
                    () => done(Math.round(performance.now() - began))));
                })"""
                        .formatted(key));
    }

    private static String key(String which) {
        return "document.querySelector('[role=tree]').dispatchEvent(new KeyboardEvent('keydown',"
                + " {key: "
                + which
                + ", bubbles: true}))";
    }

    private static String wheel() {
        return "document.querySelector('[role=tree]').dispatchEvent(new WheelEvent('wheel',"
                + " {deltaY: n % 120 < 60 ? 25 : -25, ctrlKey: true, clientX: 500, clientY:"
                + " 400, bubbles: true, cancelable: true}))";
    }

    /** Back and forth, so that it stays over the tree. */
    private static String drag(int dx, int dy) {
        return """
        (tree => {
          const by = n %% 60 < 30 ? -1 : 1;
          const send = (type, buttons) => tree.dispatchEvent(new PointerEvent(type,
            {clientX: 500 + (type === 'pointermove' ? by * %d : 0),
             clientY: 400 + (type === 'pointermove' ? by * %d : 0), buttons, bubbles: true}));
          send('pointerdown', 1);
          send('pointermove', 1);
          send('pointerup', 0);
        })(document.querySelector('[role=tree]'))"""
                .formatted(dx, dy);
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
        collector.tell(agent, LargeTree.lines(Instant.ofEpochMilli(nowMs), TREE));
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
}
