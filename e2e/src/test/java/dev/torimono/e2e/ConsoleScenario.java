// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.e2e;

import static dev.torimono.e2e.ConsoleStage.checkAccessible;
import static dev.torimono.e2e.ConsoleStage.checkQuiet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.e2e.browser.Browser;
import dev.torimono.e2e.browser.Words;
import dev.torimono.e2e.fixture.Command;
import dev.torimono.e2e.fixture.DockerDaemon;
import dev.torimono.e2e.fixture.NeedsDocker;
import dev.torimono.e2e.fixture.NeedsPrograms;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * The founding articles, replayed in a browser by somebody who clicks: on a real collector, agent
 * and containers, in both languages.
 */
@NeedsDocker
@NeedsPrograms(Browser.PROGRAM)
class ConsoleScenario extends OneConsole {
    private static final String SHELL = "Terminal shell in container";

    ConsoleScenario(DockerDaemon docker) {
        super(docker, "console");
    }

    /** A page in a language, of an administrator who has logged in. */
    private Browser begin(Words words) {
        Browser browser = stage.admin(words.language());
        browser.awaitText(words.say("Policies"));
        assertThat(browser.script("document.documentElement.lang").asString(""))
                .isEqualTo(words.language());
        return browser;
    }

    private static String inForce(Words words) {
        return words.either("in force on 1 of 1 agents", "台のエージェントに反映しました");
    }

    private static String encoded(String filter) {
        return URLEncoder.encode(filter, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Removes a policy, so that the next language begins as this one did. */
    private void forget(String name) {
        for (JsonNode policy : collector.call("GET", "/api/v2/policies", "")) {
            if (policy.path("name").asString("").equals(name)) {
                collector.call("DELETE", "/api/v2/policies/" + policy.path("id").asLong(0), "");
                return;
            }
        }
        throw new AssertionError("no policy " + name);
    }

    static Stream<Words> languages() throws IOException {
        return Stream.of(Words.of("en"), Words.of("ja"));
    }

    @ParameterizedTest
    @MethodSource("languages")
    @Order(1)
    void killProcessAsInTheArticle(Words words) throws IOException {
        String name = words.either("No shell in test", "testではシェル禁止");
        try (Browser browser = begin(words)) {
            browser.click("link", words.say("Policies"));
            browser.click("button", words.say("New policy"));
            browser.click("menuitem", words.say("Rules: threat detection"));
            browser.type(words.say("Name"), name);
            browser.click("button", words.either("Add a condition", "条件を追加"));
            browser.type(words.say("Value"), test.name());
            browser.type(words.say("Add a rule: its name, or a part of it"), SHELL);
            browser.click("option", SHELL);
            String kill = words.say("Kill Process");
            browser.click("switch", kill);
            assertThat(browser.state("switch", kill)).isEqualTo("true");
            checkAccessible(browser, "policy editor");
            browser.click("button", words.say("Save"));
            browser.awaitText(inForce(words));

            test.terminal("sh").input("sleep 20; echo survived\n").run();
            String filter = "name = \"" + name + "\"";
            collector.awaitEvent(filter + " and action = process_killed and actionStatus = done");

            browser.open("/events?filter=" + encoded(filter));
            browser.awaitText(words.say("killed"));
            checkAccessible(browser, "events");
            browser.click("option", SHELL);
            browser.click("link", words.either("Open", "開く"));
            browser.awaitText(words.say("Process tree"));
            browser.await(
                    "a struck box of the shell in its container",
                    "document.querySelector('.box.focus.killed') !== null"
                            + " && document.querySelector('.band.container') !== null");
            assertThat(browser.text())
                    .contains(words.either("root ran sh", "を端末付きで実行しました"))
                    .contains("docker exec")
                    .contains("process_killed");
            assertThat(
                            browser.script("document.querySelector('.door text').textContent")
                                    .asString(""))
                    .isEqualTo("docker exec");
            checkAccessible(browser, "event");
            checkQuiet(browser);
        }
        forget(name);
    }

    @ParameterizedTest
    @MethodSource("languages")
    @Order(2)
    void driftIsPreventedAsInTheArticle(Words words) throws IOException {
        String name = words.either("Containers stay as they were built", "ドリフト防止");
        String program = "/tmp/event-generator-" + words.language();
        try (Browser browser = begin(words)) {
            browser.click("link", words.say("Policies"));
            browser.click("button", words.say("New policy"));
            browser.click("menuitem", words.either("Container Drift", "コンテナドリフト"));
            browser.type(words.say("Name"), name);
            browser.click("button", words.either("Add a condition", "条件を追加"));
            browser.type(words.say("Value"), test.name());
            browser.click("switch", words.say("Prevent Execution"));
            browser.click("button", words.say("Save"));
            browser.awaitText(inForce(words));
            stage.agent.awaitLog("(" + test.name() + ") armed");

            test.exec("cp", "/bin/busybox", program).check();
            Command.Result refused = test.exec("sh", "-c", program + " true").run();
            assertThat(refused.exit()).isNotZero();
            String filter = "engine = drift and name = \"" + name + "\"";
            collector.awaitEvent(filter + " and action = drift_prevented");

            browser.open("/events?filter=" + encoded(filter));
            browser.awaitText(words.say("prevented"));
            browser.click("option", program);
            browser.click("link", words.either("Open", "開く"));
            browser.awaitText(words.say("Process tree"));
            browser.await(
                    "a ghost of what never ran",
                    "document.querySelector('.box.focus.prevented') !== null");
            assertThat(browser.text()).contains(words.either("tried to run", "を実行しようとしました"));
            checkAccessible(browser, "event of drift");
            checkQuiet(browser);
        }
        forget(name);
    }

    @ParameterizedTest
    @MethodSource("languages")
    @Order(3)
    void aFileNameIsAppendedToTheListThatTheConditionNames(Words words) throws IOException {
        String file = words.either("test.txt", "shiken.txt");
        try (Browser browser = begin(words)) {
            browser.click("link", words.say("Library"));
            browser.type(words.say("Find by name, tag or text"), "Malicious");
            browser.click("link", "Malicious filenames written");
            browser.awaitText(words.say("Its events"));
            checkAccessible(browser, "rule");
            browser.click("button", "malicious_filenames");
            browser.awaitText("kinsing");
            browser.click("button", words.say("Append"));
            browser.type(words.say("Items to append"), file);
            browser.click("button", words.say("Save"));
            browser.awaitText(inForce(words));
            browser.awaitText(file);
            checkAccessible(browser, "list");

            test.exec("touch", "/" + file).check();
            String filter =
                    "fd.name = \"/" + file + "\" and container.name = \"" + test.name() + "\"";
            collector.awaitEvent(filter);
            browser.open("/events?filter=" + encoded(filter));
            browser.awaitText("Malicious filenames written");
            browser.awaitText("/" + file);

            browser.open("/library/new-rule");
            browser.await(
                    "an editor whose styles the policy for content lets in",
                    "document.querySelector('.cm-content') !== null && getComputedStyle("
                            + "document.querySelector('.cm-content')).minHeight === '110px'");
            checkAccessible(browser, "rule editor");
            checkQuiet(browser);
        }
    }

    @Test
    @Order(4)
    void aNameThatTurnsTextAroundIsShownAsItIs() {
        String name = "exe\u202egpj.sh";
        test.terminal("sh", "-c", "true '" + name + "'").run();
        collector.awaitEvent(
                "container.name = \"" + test.name() + "\" and proc.cmdline contains exe");
        try (Browser browser = stage.admin()) {
            browser.awaitText("Events");
            browser.open("/events?filter=proc.cmdline%20contains%20exe");
            browser.awaitText("exe⟨202E⟩gpj.sh");
            assertThat(browser.text()).doesNotContain("\u202e");
            checkQuiet(browser);
        }
    }
}
