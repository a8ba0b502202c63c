// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.e2e.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.e2e.browser.Browser;
import dev.torimono.e2e.browser.Places;
import dev.torimono.e2e.fixture.AgentProcess;
import dev.torimono.e2e.fixture.AgentSetup;
import dev.torimono.e2e.fixture.CollectorProcess;
import dev.torimono.e2e.fixture.Command;
import dev.torimono.e2e.fixture.ConsoleContent;
import dev.torimono.e2e.fixture.Container;
import dev.torimono.e2e.fixture.DockerDaemon;
import dev.torimono.e2e.fixture.NeedsDocker;
import dev.torimono.e2e.fixture.NeedsPrograms;
import dev.torimono.e2e.fixture.Pause;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Takes the pictures of docs/console: every page of a console that has something to show, light and
 * dark, wide and narrow; some in Japanese. Run by name:
 *
 * <pre>mvn -pl e2e -am -Dtest=ConsolePictures -Dsurefire.failIfNoSpecifiedTests=false package</pre>
 */
@NeedsDocker
@NeedsPrograms({Browser.PROGRAM, "/usr/bin/fc-list"})
class ConsolePictures {
    private static final Path TO = AgentProcess.root().resolve("docs/console");
    private static final int SETTLE_MS = 800;
    private static final int WIDE = 1440;
    private static final int NARROW = 1024;

    @Test
    void takeThem(DockerDaemon docker) {
        assertThat(Command.of("fc-list", ":lang=ja").run().out())
                .as("fonts for Japanese: apt-get install fonts-noto-cjk")
                .isNotBlank();
        AgentSetup setup = new AgentSetup(docker, "pictures");
        Container shop =
                docker.run(
                        docker.images().busybox(),
                        List.of("--network", "none"),
                        "sleep",
                        "1000000");
        Container pay = docker.sleeper();
        CollectorProcess collector = CollectorProcess.start(setup.file("collector"));
        List<String> options = new ArrayList<>(List.of(setup.options()));
        options.addAll(collector.agentOptions(setup.file("fleet")));
        try (AgentProcess agent = AgentProcess.start(options.toArray(String[]::new))) {
            JsonNode policy = policies(collector, shop, pay);
            collector.awaitInForce();
            agent.awaitLog("(" + shop.name() + ") armed");
            raise(collector, shop, pay);
            ConsoleContent.settings(collector);
            ConsoleContent.shipped(collector, pay.name());
            pictures(setup.file("browser"), collector, policy.path("id").asLong(0));
        } finally {
            collector.close();
            pay.close();
            shop.close();
        }
    }

    private static JsonNode policies(CollectorProcess collector, Container shop, Container pay) {
        collector.call(
                "POST",
                "/api/v2/policies",
                """
                {"name": "Containers stay as they were built", "description": "Drift is refused.",
                 "severity": 2, "type": "drift", "scope": "container.name = %s",
                 "actions": [{"type": "POLICY_ACTION_PREVENT_DRIFT"}]}"""
                        .formatted(shop.name()));
        return collector.call(
                "POST",
                "/api/v2/policies",
                """
                {"name": "No shells in production", "description": "A terminal in a container is ended.",
                 "severity": 1, "type": "falco", "scope": "container.name = %s",
                 "ruleNames": ["Terminal shell in container"],
                 "actions": [{"type": "POLICY_ACTION_KILL_PROCESS"},
                             {"type": "POLICY_ACTION_CAPTURE", "beforeEventNs": 5000000000,
                              "afterEventNs": 1000000000}]}"""
                        .formatted(pay.name()));
    }

    private static void raise(CollectorProcess collector, Container shop, Container pay) {
        pay.terminal("sh").input("sleep 20\n").run();
        shop.terminal(
                        "sh",
                        "-c",
                        "id; cp /bin/busybox /tmp/xmrig; /tmp/xmrig id; echo > /tmp/kinsing")
                .run();
        shop.exec("sh", "-c", "echo > /tmp/kdevtmpfsi").run();
        collector.awaitEvent("action = process_killed");
        collector.awaitEvent("action = drift_prevented");
        collector.awaitEvent("fd.name = \"/tmp/kdevtmpfsi\"");
    }

    private void pictures(Path folder, CollectorProcess collector, long policy) {
        String killed = id(collector, "action = process_killed");
        String drift = id(collector, "action = drift_prevented");
        ConsoleContent.response(collector, drift, container(collector, drift));
        Map<String, String> pages = Places.of(collector, policy, killed, drift);
        try (Browser browser = browser(folder, collector, "en")) {
            browser.open("/");
            Pause.millis(SETTLE_MS);
            browser.screenshot(TO.resolve("login.png"));
            logIn(browser, collector, "Account", "Password", "Log in");
            for (boolean dark : new boolean[] {false, true}) {
                for (int width : new int[] {WIDE, NARROW}) {
                    String end = (width == NARROW ? "-" + NARROW : "") + (dark ? "-dark" : "");
                    pages.forEach((name, path) -> picture(browser, name + end, path, dark, width));
                }
            }
        }
        try (Browser browser = browser(folder, collector, "ja")) {
            logIn(browser, collector, "アカウント", "パスワード", "ログイン");
            for (String name :
                    List.of(
                            "overview",
                            "events",
                            "event",
                            "policy-shipped",
                            "policy-drift",
                            "attack",
                            "agent")) {
                picture(browser, name + "-ja", pages.get(name), false, WIDE);
            }
        }
    }

    private static String id(CollectorProcess collector, String filter) {
        return collector.events(filter).getFirst().path("id").asString("");
    }

    private static String container(CollectorProcess collector, String event) {
        return collector
                .call("GET", "/secure/events/v1/events/" + event, "")
                .path("containerId")
                .asString("");
    }

    private static Browser browser(Path folder, CollectorProcess collector, String language) {
        return new Browser(
                folder.resolve(language), collector.uri(), collector.certificate(), language);
    }

    private static void logIn(
            Browser browser, CollectorProcess collector, String name, String password, String in) {
        browser.open("/");
        browser.type(name, "admin");
        browser.type(password, collector.adminPassword());
        browser.click("button", in);
        browser.await("the places", "document.querySelector('.rail') !== null");
    }

    private static void picture(
            Browser browser, String name, String path, boolean dark, int width) {
        browser.dark(dark);
        browser.size(width, 900);
        browser.open(path);
        browser.await(
                "the content of " + name,
                "document.querySelector('.rail') !== null"
                        + " && document.querySelector('.loading') === null");
        Pause.millis(SETTLE_MS);
        browser.screenshot(TO.resolve(name + ".png"));
    }
}
