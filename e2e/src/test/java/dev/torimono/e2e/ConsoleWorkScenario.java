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
import dev.torimono.e2e.fixture.Pause;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * The daily work of whoever is on call, done in a browser: understand an event, respond, tune,
 * write rules and policies, go back, take events out.
 */
@NeedsDocker
@NeedsPrograms(Browser.PROGRAM)
class ConsoleWorkScenario extends OneConsole {
    private static final String SHELL = "Terminal shell in container";

    /** Longer than any place for it, and with what turns text around. */
    private static final String LONG = "n".repeat(180) + "\u202ex";

    ConsoleWorkScenario(DockerDaemon docker) {
        super(docker, "console-work");
    }

    private String shellEvent() {
        return collector
                .awaitEvent(
                        "ruleName = \"" + SHELL + "\" and container.name = \"" + test.name() + "\"")
                .path("id")
                .asString("");
    }

    @Test
    @Order(1)
    void aPolicyShowsWhatItCoversNowAndIsTheSameAsYaml() throws IOException {
        collector.awaitInForce();
        try (Browser browser = stage.admin()) {
            browser.open("/policies/new/falco");
            browser.type("Name", "Shells " + LONG);
            browser.click("button", "Add a condition");
            browser.type("Value", test.name());
            browser.awaitText("Covers 1 of ");
            browser.click("any", "Show them");
            browser.await(
                    "the container that it covers",
                    "document.querySelector('.covers table')?.innerText.includes('"
                            + test.name()
                            + "')");
            browser.type("Add a rule: its name, or a part of it", SHELL);
            browser.click("option", SHELL);
            checkAccessible(browser, "scope");
            browser.click("tab", "YAML");
            browser.awaitText("Nothing wrong: 1 item");
            assertThat(browser.text()).contains("scope: container.name = " + test.name());
            checkAccessible(browser, "policy as YAML");
            browser.type("YAML", "# Written by hand.\n");
            browser.awaitText("Nothing wrong: 1 item");
            browser.click("tab", "Form");
            assertThat(browser.state("field", "Name")).isEqualTo("Shells " + LONG);
            browser.click("tab", "YAML");
            browser.awaitText("Nothing wrong: 1 item");
            browser.click("button", "Save");
            browser.awaitText("in force on 1 of 1 agents");
            assertThat(stage.policy("Shells " + LONG).path("scope").asString(""))
                    .isEqualTo("container.name = " + test.name());
            browser.open("/policies");
            browser.awaitText("⟨202E⟩");
            checkAccessible(browser, "policies");
            checkQuiet(browser);
        }
    }

    @Test
    @Order(2)
    void theEventSaysWhichPartOfTheConditionHeld() throws IOException {
        test.terminal("sh", "-c", "true").run();
        String event = shellEvent();
        try (Browser browser = stage.admin()) {
            browser.open("/events/" + event);
            browser.awaitText("Underlined: what of the condition held");
            JsonNode held =
                    browser.script(
                            "[...document.querySelectorAll('mark.held')].map(one =>"
                                    + " one.textContent)");
            assertThat(held.toString())
                    .contains("spawned_process", "proc.tty", "entered_container");
            String table =
                    browser.script("document.querySelector('.held-parts').innerText").asString("");
            assertThat(table).contains("container.id").contains("proc.name").contains("sh");
            assertThat(table).contains("evt.type");
            checkAccessible(browser, "why");
            checkQuiet(browser);
        }
    }

    @Test
    @Order(3)
    void whatIsFoundIsRespondedTo() throws IOException {
        String event = shellEvent();
        try (Browser browser = stage.admin()) {
            browser.open("/events/" + event + "?tab=respond");
            browser.click("button", "Check… Pause the container");
            browser.awaitText("The guard says");
            assertThat(browser.script("document.querySelector('dialog h2').innerText").asString(""))
                    .isEqualTo("Pause the container");
            checkAccessible(browser, "respond");
            browser.type("Reason", "looks like an intruder");
            browser.click("button", "Do it now");
            browser.await(
                    "the container to be paused",
                    "[...document.querySelectorAll('dialog .badge')].some(one => one.textContent"
                            + " === 'done')");
            browser.click("button", "Close");
            browser.awaitText("looks like an intruder");
            browser.click("button", "Undo");
            browser.awaitText("Undo: Pause the container?");
            browser.click("button", "Undo");
            browser.awaitText("undone");
            Pause.until(
                    "the container to go on",
                    Duration.ofSeconds(30),
                    () -> test.exec("true").run().exit() == 0);
            checkQuiet(browser);
        }
    }

    @Test
    @Order(4)
    void whatIsHarmlessIsTunedAndTakenBack() throws IOException {
        String event = shellEvent();
        try (Browser browser = stage.admin()) {
            browser.open("/events/" + event + "?tab=tune");
            browser.awaitText("An exception keeps a policy");
            browser.type("Reason", "our own rounds");
            browser.click("button", "What would it have silenced?");
            browser.awaitText("events of the last 7 days");
            checkAccessible(browser, "tune");
            browser.click("button", "Apply");
            browser.awaitText("Exception applied");
            assertThat(stage.policy("Shells " + LONG).path("exceptions").toString())
                    .contains("our own rounds");
            browser.click("button", "Undo");
            browser.awaitText("Exception taken back");
            assertThat(stage.policy("Shells " + LONG).path("exceptions").toString())
                    .doesNotContain("our own rounds");
            checkQuiet(browser);
        }
    }

    @Test
    @Order(5)
    void anEarlierVersionComesBack() throws IOException {
        JsonNode policy = stage.policy("Shells " + LONG);
        try (Browser browser = stage.admin()) {
            browser.open("/policies/" + policy.path("id").asLong());
            browser.awaitText("Version 1");
            browser.click("button", "What changed");
            browser.awaitText("exceptions");
            checkAccessible(browser, "versions");
            browser.click("button", "Go back to this");
            browser.awaitText("Gone back");
            assertThat(stage.policy("Shells " + LONG).path("version").asLong())
                    .isGreaterThan(policy.path("version").asLong());
            checkQuiet(browser);
        }
    }

    @Test
    @Order(6)
    void aRuleIsWrittenAsYamlTriedAndKept() throws IOException {
        try (Browser browser = stage.admin()) {
            browser.open("/library/new-rule");
            browser.type("Name", "Our shells");
            browser.type("Condition", "evt.type = execve and proc.name in (sh) and container");
            browser.type("Output", "%proc.cmdline in %container.name");
            browser.click("tab", "YAML");
            browser.awaitText("Nothing wrong: 1 item");
            // At the beginning of the text, before the rule of the form.
            browser.type(
                    "YAML",
                    """
                    - rule: Other shells
                      desc: d
                      condition: evt.type = execve and proc.nam = ash
                      output: o
                      priority: NOTICE
                    """);
            browser.awaitText("line 3, column 36");
            browser.await(
                    "a mark in the text at its place",
                    "document.querySelector('.cm-lintRange-error')?.textContent === 'proc.nam'");
            checkAccessible(browser, "rule as YAML with an error");
            browser.click("button", "line 3, column 36");
            for (int i = 0; i < "proc.nam".length(); i++) {
                browser.press("Delete");
            }
            browser.type("YAML", "proc.name");
            browser.awaitText("Nothing wrong: 2 items");
            browser.click("button", "Try on the last 24 hours");
            browser.awaitText("it matches");
            browser.click("button", "Save");
            browser.awaitText("Saved: 2 items");
            assertThat(collector.call("GET", "/api/secure/rules", "").toString())
                    .contains("\"Our shells\"", "\"Other shells\"");
            collector.call(
                    "POST",
                    "/api/secure/falco/macros",
                    """
                    {"name": "ours", "condition": {"condition": "proc.name = sh"}}""");
            browser.open("/library/macros/ours");
            browser.click("link", "Edit as YAML");
            browser.awaitText("no rule or macro uses it");
            checkAccessible(browser, "macro as YAML");
            checkQuiet(browser);
        }
    }

    @Test
    @Order(7)
    void theMapOfTechniquesLeadsToRules() throws IOException {
        try (Browser browser = stage.admin()) {
            browser.open("/library/attack");
            browser.awaitText("Rules look for ");
            checkAccessible(browser, "ATT&CK");
            browser.click("button", "T1059");
            browser.await(
                    "rules of the technique", "document.querySelector('dialog table') !== null");
            checkAccessible(browser, "rules of a technique");
            browser.click("link", SHELL);
            browser.awaitText("Its events");
            checkQuiet(browser);
        }
    }

    @Test
    @Order(8)
    void eventsAreZoomedIntoAndTakenOut() throws IOException {
        try (Browser browser = stage.admin()) {
            browser.open("/events");
            browser.awaitText(SHELL);
            browser.drag(".histogram svg", 0.6, 1);
            browser.await(
                    "the time in the address",
                    "new URLSearchParams(location.search).has('from')"
                            + " && new URLSearchParams(location.search).has('to')");
            browser.open("/events?filter=ruleName%20%3D%20%22Terminal%20shell%20in%20container%22");
            browser.awaitText(SHELL);
            browser.script(
                    "window.taken = []; const make = URL.createObjectURL.bind(URL);"
                            + " URL.createObjectURL = blob => { window.taken.push(blob); return"
                            + " make(blob); }; 'watching'");
            browser.click("button", "Export");
            browser.click("menuitem", "CSV");
            browser.await("a file", "window.taken.length === 1");
            assertThat(browser.script("window.taken[0].text()").asString(""))
                    .startsWith("time,severity,policy,rule")
                    .contains(SHELL)
                    .contains(test.name());
            browser.click("button", "Export");
            browser.click("menuitem", "JSON");
            browser.await("another file", "window.taken.length === 2");
            assertThat(
                            browser.script(
                                            "window.taken[1].text().then(text =>"
                                                    + " JSON.parse(text).length > 0 || text)")
                                    .toString())
                    .isEqualTo("true");
            checkQuiet(browser);
        }
    }

    @Test
    @Order(9)
    void anIncidentIsAcknowledgedAndClosed() throws IOException {
        String event = shellEvent();
        try (Browser browser = stage.admin()) {
            browser.open("/incidents");
            browser.awaitText("Incidents");
            browser.await("an incident", "document.querySelector('.list tbody a') !== null");
            checkAccessible(browser, "incidents");
            browser.click("link", test.name());
            browser.click("button", "Acknowledge");
            browser.awaitText("acknowledged");
            browser.click("button", "Close incident");
            browser.type("What came of it", "our own test");
            browser.click("button", "Close incident");
            browser.awaitText("Open again");
            checkAccessible(browser, "incident");
            assertThat(
                            collector
                                    .call("GET", "/secure/events/v1/events/" + event, "")
                                    .at("/state/status")
                                    .asString(""))
                    .isEqualTo("closed");
            checkQuiet(browser);
        }
    }
}
