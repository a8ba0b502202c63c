// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.e2e;

import static dev.torimono.e2e.ConsoleStage.checkAccessible;
import static dev.torimono.e2e.ConsoleStage.checkQuiet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.e2e.browser.Browser;
import dev.torimono.e2e.fixture.CollectorProcess;
import dev.torimono.e2e.fixture.Command;
import dev.torimono.e2e.fixture.Container;
import dev.torimono.e2e.fixture.DockerDaemon;
import dev.torimono.e2e.fixture.NeedsDocker;
import dev.torimono.e2e.fixture.NeedsPrograms;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The founding articles, replayed in a browser by somebody who clicks: on a real collector, agent
 * and containers, in both languages.
 */
@NeedsDocker
@NeedsPrograms(Browser.PROGRAM)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ConsoleScenario {
    private static final String SHELL = "Terminal shell in container";

    private final ConsoleStage stage;
    private final Container test;
    private final CollectorProcess collector;

    ConsoleScenario(DockerDaemon docker) {
        this.stage = new ConsoleStage(docker, "console");
        this.test = stage.test;
        this.collector = stage.collector;
    }

    @AfterAll
    void stop() {
        stage.close();
    }

    @Test
    @Order(1)
    void killProcessAsInTheArticle() throws IOException {
        try (Browser browser = stage.browser("en")) {
            stage.logIn(browser, "Account", "Password", "Log in");
            browser.awaitText("Policies");
            browser.click("link", "Policies");
            browser.click("button", "New policy");
            browser.click("menuitem", "Rules: threat detection");
            browser.type("Name", "No shell in test");
            browser.click("button", "Add a condition");
            browser.type("Value", test.name());
            browser.type("Add a rule: its name, or a part of it", SHELL);
            browser.click("option", SHELL);
            browser.click("switch", "Kill Process");
            assertThat(browser.state("switch", "Kill Process")).isEqualTo("true");
            checkAccessible(browser, "policy editor");
            browser.click("button", "Save");
            browser.awaitText("in force on 1 of 1 agents");

            test.terminal("sh").input("sleep 20; echo survived\n").run();
            collector.awaitEvent("action = process_killed and actionStatus = done");

            browser.open("/events?filter=" + "name%20%3D%20%22No%20shell%20in%20test%22");
            browser.awaitText("killed");
            checkAccessible(browser, "events");
            browser.click("option", SHELL);
            browser.click("link", "Open");
            browser.awaitText("Process tree");
            browser.await(
                    "a struck box of the shell in its container",
                    "document.querySelector('.box.focus.killed') !== null"
                            + " && document.querySelector('.band.container') !== null");
            assertThat(browser.text())
                    .contains("root ran sh")
                    .contains("(docker exec)")
                    .contains("process_killed");
            assertThat(
                            browser.script("document.querySelector('.door text').textContent")
                                    .asString(""))
                    .isEqualTo("docker exec");
            checkAccessible(browser, "event");
            checkQuiet(browser);
        }
    }

    @Test
    @Order(2)
    void driftIsPreventedAsInTheArticleInJapanese() throws IOException {
        try (Browser browser = stage.browser("ja")) {
            stage.logIn(browser, "アカウント", "パスワード", "ログイン");
            browser.awaitText("ポリシー");
            assertThat(browser.script("document.documentElement.lang").asString(""))
                    .isEqualTo("ja");
            browser.click("link", "ポリシー");
            browser.click("button", "新しいポリシー");
            browser.click("menuitem", "コンテナドリフト");
            browser.type("名前", "ドリフト防止");
            browser.click("button", "条件を追加");
            browser.type("値", test.name());
            browser.click("switch", "実行を防止");
            browser.click("button", "保存");
            browser.awaitText("台のエージェントに反映しました");
            stage.agent.awaitLog("(" + test.name() + ") armed");

            test.exec("cp", "/bin/busybox", "/tmp/event-generator").check();
            Command.Result refused = test.exec("sh", "-c", "/tmp/event-generator true").run();
            assertThat(refused.exit()).isNotZero();
            collector.awaitEvent("engine = drift and action = drift_prevented");

            browser.open("/events?filter=engine%20%3D%20drift");
            browser.awaitText("防止済み");
            browser.click("option", "/tmp/event-generator");
            browser.click("link", "開く");
            browser.awaitText("プロセスツリー");
            browser.await(
                    "a ghost of what never ran",
                    "document.querySelector('.box.focus.prevented') !== null");
            assertThat(browser.text()).contains("を実行しようとしました");
            checkAccessible(browser, "event in Japanese");
            checkQuiet(browser);
        }
    }

    @Test
    @Order(3)
    void aFileNameIsAppendedToTheListThatTheConditionNames() throws IOException {
        try (Browser browser = stage.browser("en")) {
            stage.logIn(browser, "Account", "Password", "Log in");
            browser.awaitText("Library");
            browser.click("link", "Library");
            browser.type("Find by name, tag or text", "Malicious");
            browser.click("link", "Malicious filenames written");
            browser.awaitText("Its events");
            checkAccessible(browser, "rule");
            browser.click("button", "malicious_filenames");
            browser.awaitText("kinsing");
            browser.click("button", "Append");
            browser.type("Items to append", "test.txt");
            browser.click("button", "Save");
            browser.awaitText("in force on 1 of 1 agents");
            browser.awaitText("test.txt");
            checkAccessible(browser, "list");

            test.exec("touch", "/test.txt").check();
            collector.awaitEvent("fd.name = \"/test.txt\"");
            browser.open("/events?filter=fd.name%20%3D%20%22%2Ftest.txt%22");
            browser.awaitText("Malicious filenames written");
            browser.awaitText("/test.txt");

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
        try (Browser browser = stage.browser("en")) {
            stage.logIn(browser, "Account", "Password", "Log in");
            browser.awaitText("Events");
            browser.open("/events?filter=proc.cmdline%20contains%20exe");
            browser.awaitText("exe⟨202E⟩gpj.sh");
            assertThat(browser.text()).doesNotContain("\u202e");
            checkQuiet(browser);
        }
    }
}
