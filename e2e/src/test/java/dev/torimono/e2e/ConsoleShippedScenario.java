// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.e2e;

import static dev.torimono.e2e.ConsoleStage.checkAccessible;
import static dev.torimono.e2e.ConsoleStage.checkQuiet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.e2e.browser.Browser;
import dev.torimono.e2e.fixture.DockerDaemon;
import dev.torimono.e2e.fixture.NeedsDocker;
import dev.torimono.e2e.fixture.NeedsPrograms;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * A policy that comes with the program: changed in what is its owner's, done by an agent, told as a
 * difference, and taken back; in both languages.
 */
@NeedsDocker
@NeedsPrograms(Browser.PROGRAM)
class ConsoleShippedScenario extends OneConsole {
    private static final String NOTABLE = "Runtime Notable Events";
    private static final String ALIVE = "still alive";

    ConsoleShippedScenario(DockerDaemon docker) {
        super(docker, "console-shipped");
        collector.awaitInForce();
    }

    private String shell() {
        return test.terminal("sh", "-c", "sleep 1; echo " + ALIVE).run().out();
    }

    @Test
    @Order(1)
    void whatIsItsOwnersIsChangedAndAnAgentDoesIt() throws IOException {
        try (Browser browser = stage.admin()) {
            browser.open("/policies");
            browser.click("link", NOTABLE);
            browser.awaitText("It is as it ships.");
            assertThat(
                            browser.script(
                                            "document.querySelectorAll('.policy"
                                                    + " input[readonly]').length")
                                    .asInt())
                    .as("name and description")
                    .isEqualTo(2);
            assertThat(browser.text()).contains("Fixed: it comes with the program", "Duplicate");
            checkAccessible(browser, "a policy that ships");
            browser.choose("Severity", "high");
            browser.click("button", "Add a condition");
            browser.type("Value", test.name());
            browser.click("switch", "Read sensitive file untrusted");
            browser.click("switch", "Kill Process");
            browser.awaitText("As it ships");
            browser.click("button", "Save");
            browser.awaitText("in force on 1 of 1 agents");
            checkAccessible(browser, "a policy that ships, changed");
            checkQuiet(browser);
        }
        assertThat(stage.policy(NOTABLE).path("shipped").propertyNames())
                .containsExactlyInAnyOrder("severity", "scope", "actions", "rules");
        collector.awaitInForce();
        stage.agent.awaitLog("(" + test.name() + ") armed");
        assertThat(shell()).doesNotContain(ALIVE);
        JsonNode killed = collector.awaitEvent("action = process_killed");
        assertThat(killed.path("name").asString("")).isEqualTo(NOTABLE);
        assertThat(killed.path("severity").asInt()).isLessThan(4);
    }

    @Test
    @Order(2)
    void anExceptionIsMadeByTheKeyboardAndOneIsMadeOfAnEvent() throws IOException {
        String event = collector.awaitEvent("action = process_killed").path("id").asString("");
        try (Browser browser = stage.admin()) {
            browser.open("/policies/" + stage.policy(NOTABLE).path("id").asLong());
            // What the scope covers comes later, and moves what stands below it.
            browser.awaitText("Covers 1 of ");
            browser.click("button", "Add an exception");
            // The first field has the focus: nothing need be clicked.
            browser.await(
                    "the focus", "document.activeElement.matches('dialog .sheet-content input')");
            browser.type("Name", "our rounds");
            browser.awaitText("would switch the whole policy off");
            browser.type("When", "proc.cmdline contains our-rounds");
            browser.type("Reason", "agreed on");
            checkAccessible(browser, "an exception");
            browser.press("Enter");
            browser.await("the dialog to close", "document.querySelector('dialog[open]') === null");
            assertThat(browser.text()).contains("our rounds", "agreed on · admin");
            browser.click("button", "Save");
            browser.awaitText("in force on 1 of 1 agents");

            browser.open("/events/" + event + "?tab=tune");
            browser.type("Reason", "seen and known");
            browser.click("button", "What would it have silenced?");
            browser.awaitText("events of the last 7 days");
            browser.click("button", "Apply");
            browser.awaitText("Exception applied");
            assertThat(stage.policy(NOTABLE).path("exceptions").toString())
                    .contains("our rounds", "seen and known");
            browser.click("button", "Undo");
            browser.awaitText("Exception taken back");
            assertThat(stage.policy(NOTABLE).path("exceptions").toString())
                    .contains("our rounds")
                    .doesNotContain("seen and known");
            checkQuiet(browser);
        }
    }

    @Test
    @Order(3)
    void itGoesBackToWhatIsShipped() throws IOException {
        try (Browser browser = stage.admin("ja")) {
            browser.open("/policies");
            browser.awaitText("変更あり");
            browser.click("link", NOTABLE);
            browser.awaitText("標準ポリシー(プログラムに付属)");
            for (String word : List.of("差分", "重大度", "スコープ", "our rounds", test.name())) {
                browser.awaitText(word);
            }
            browser.click("button", "標準に戻す");
            browser.awaitText("標準に戻しますか?");
            checkAccessible(browser, "back to what is shipped");
            browser.click("button", "標準に戻す");
            browser.awaitText("標準のままです。");
            checkQuiet(browser);
        }
        assertThat(stage.policy(NOTABLE).path("modified").asBoolean(true)).isFalse();
        collector.awaitInForce();
        assertThat(shell()).contains(ALIVE);
    }

    @Test
    @Order(4)
    void whatCountsAsDriftIsFixedAndACopyIsFree() {
        try (Browser browser = stage.admin()) {
            browser.open("/policies/" + stage.policy("Container Drift").path("id").asLong());
            browser.awaitText("What counts as drift");
            browser.click("switch", "Enabled");
            browser.click("button", "Save");
            browser.awaitText("in force on 1 of 1 agents");
            assertThat(stage.policy("Container Drift").path("enabled").asBoolean(true)).isFalse();
            browser.click("link", "Duplicate");
            browser.click("switch", "Volume Binaries");
            browser.click("button", "Save");
            browser.awaitText("in force on 1 of 1 agents");
            JsonNode copy = stage.policy("Copy of Container Drift");
            assertThat(copy.at("/rules/0/details/mountedVolumeDriftEnabled").asBoolean()).isTrue();
            assertThat(copy.has("shipped")).isFalse();
            checkQuiet(browser);
        }
    }
}
