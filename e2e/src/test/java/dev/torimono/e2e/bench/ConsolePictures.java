// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.e2e.bench;

import dev.torimono.e2e.browser.Browser;
import dev.torimono.e2e.fixture.AgentProcess;
import dev.torimono.e2e.fixture.AgentSetup;
import dev.torimono.e2e.fixture.CollectorProcess;
import dev.torimono.e2e.fixture.Container;
import dev.torimono.e2e.fixture.DockerDaemon;
import dev.torimono.e2e.fixture.NeedsDocker;
import dev.torimono.e2e.fixture.NeedsPrograms;
import dev.torimono.e2e.fixture.Pause;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Takes the pictures of docs/console: every page of a console that has something to show, light and
 * wide, and dark and narrow; some in Japanese. Run by name:
 *
 * <pre>mvn -pl e2e -am -Dtest=ConsolePictures -Dsurefire.failIfNoSpecifiedTests=false package</pre>
 */
@NeedsDocker
@NeedsPrograms(Browser.PROGRAM)
class ConsolePictures {
    private static final Path TO = AgentProcess.root().resolve("docs/console");
    private static final int SETTLE_MS = 1500;

    @Test
    void takeThem(DockerDaemon docker) {
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
                 "actions": [{"type": "POLICY_ACTION_KILL_PROCESS"}]}"""
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
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("events", "/events?filter=container.id%20%21%3D%20host&event=" + drift);
        pages.put("event", "/events/" + drift);
        pages.put("event-killed", "/events/" + killed);
        pages.put("policies", "/policies");
        pages.put("policy", "/policies/" + policy);
        pages.put("policy-drift", "/policies/new/drift");
        pages.put("library", "/library/rules");
        pages.put("library-lists", "/library/lists");
        pages.put("rule", "/library/rules/Malicious%20filenames%20written");
        pages.put("rule-editor", "/library/new-rule");
        pages.put("rule-yaml", "/library/yaml");
        pages.put("policy-yaml", "/policies/new/yaml");
        pages.put("attack", "/library/attack");
        pages.put("agents", "/agents");
        pages.put("activity", "/activity");
        pages.put("settings", "/settings");
        try (Browser browser = browser(folder, collector, "en")) {
            browser.open("/");
            Pause.millis(SETTLE_MS);
            browser.screenshot(TO.resolve("login.png"));
            logIn(browser, collector, "Account", "Password", "Log in");
            pages.forEach(
                    (name, path) -> {
                        picture(browser, name, path, false, 1440);
                        picture(browser, name + "-dark", path, true, 1024);
                    });
        }
        try (Browser browser = browser(folder, collector, "ja")) {
            logIn(browser, collector, "アカウント", "パスワード", "ログイン");
            for (String name : List.of("events", "event", "policy-drift", "attack")) {
                picture(browser, name + "-ja", pages.get(name), false, 1440);
            }
        }
    }

    private static String id(CollectorProcess collector, String filter) {
        return collector.events(filter).getFirst().path("id").asString("");
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
