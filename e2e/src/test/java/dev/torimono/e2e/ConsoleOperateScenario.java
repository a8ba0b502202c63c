// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.e2e;

import static dev.torimono.e2e.ConsoleStage.checkAccessible;
import static dev.torimono.e2e.ConsoleStage.checkQuiet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.e2e.browser.Browser;
import dev.torimono.e2e.fixture.AgentProcess;
import dev.torimono.e2e.fixture.AgentSetup;
import dev.torimono.e2e.fixture.Alone;
import dev.torimono.e2e.fixture.CollectorProcess;
import dev.torimono.e2e.fixture.Container;
import dev.torimono.e2e.fixture.DockerDaemon;
import dev.torimono.e2e.fixture.NeedsDocker;
import dev.torimono.e2e.fixture.NeedsPrograms;
import dev.torimono.e2e.fixture.Pause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;

/**
 * Somebody who runs Torimono, with the browser alone: the first agent and its alert by the guide,
 * then agents, settings and saved views.
 */
@Alone
@NeedsDocker
@NeedsPrograms(Browser.PROGRAM)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ConsoleOperateScenario {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Container test;
    private final CollectorProcess collector;
    private final AgentSetup setup;
    private final Browsers browsers;
    private @Nullable AgentProcess agent;

    ConsoleOperateScenario(DockerDaemon docker) {
        this.test = docker.sleeper();
        this.setup = new AgentSetup(docker, "operate");
        this.collector = CollectorProcess.start(setup.file("collector"));
        this.browsers = new Browsers(setup.file("browser"), collector);
    }

    @AfterAll
    void stop() {
        browsers.close();
        if (agent != null) {
            agent.close();
        }
        collector.close();
        test.close();
    }

    @Test
    @Order(1)
    void theGuideLeadsFromNothingToAnAlert() throws IOException {
        try (Browser browser = browsers.admin("en")) {
            browser.open("/agents");
            browser.awaitText("No agent reports here yet");
            checkAccessible(browser, "no agents");
            browser.click("button", "Connect an agent");
            browser.awaitText("Waiting for an agent");
            browser.click("button", "Make an access key");
            browser.awaitText("The access key. Copy it to the host:");
            String key =
                    browser.script("document.querySelector('.copyable pre').textContent")
                            .asString("");
            checkAccessible(browser, "the guide");

            Path keyFile = setup.file("key-of-the-guide");
            Files.writeString(keyFile, key);
            List<String> options = new ArrayList<>(List.of(setup.options()));
            options.addAll(collector.agentOptions(setup.file("fleet")));
            options.addAll(List.of("--set", "fleet.access-key-file=" + keyFile));
            agent = AgentProcess.start(options.toArray(String[]::new));
            browser.awaitText("is connected");
            test.terminal("sh").input("true\n").run();
            browser.awaitText("There it is:");
            assertThat(browser.text()).contains("ran sh");
            checkQuiet(browser);
        }
    }

    @Test
    @Order(2)
    void anAgentShowsWhatItsMachineCanDoAndWhatItLost() throws IOException {
        try (Browser browser = browsers.admin("en")) {
            browser.open("/agents");
            browser.awaitText("1 of 1 connected");
            checkAccessible(browser, "agents");
            String host =
                    collector.call("GET", "/api/v1/agents", "").at("/0/hostname").asString("");
            browser.click("link", host);
            browser.awaitText("The last 24 hours");
            browser.awaitText("Strongest action");
            browser.await(
                    "seven charts", "document.querySelectorAll('.trends .spark').length === 7");
            assertThat(browser.text()).contains("Events lost", "Enrichment misses");
            // What is wrong stands above what policies do.
            assertThat(browser.text())
                    .containsSubsequence("Doctor", "The last 24 hours", "What policies do here");
            checkAccessible(browser, "an agent");
            checkQuiet(browser);
        }
        try (Browser browser = browsers.admin("ja")) {
            browser.open("/agents");
            browser.awaitText("1 台中 1 台が接続中");
            checkQuiet(browser);
        }
    }

    @Test
    @Order(3)
    void aForwarderIsAddedTriedAndTakesEvents() throws IOException {
        try (Browser browser = browsers.admin("en")) {
            browser.open("/settings/forwarders");
            browser.awaitText("Events go nowhere else");
            checkAccessible(browser, "no forwarders");
            browser.click("button", "New forwarder");
            browser.type("Name", "archive");
            browser.choose("Type", "FILE");
            browser.type("File name", "../outside");
            browser.click("button", "Save");
            browser.awaitText("must be a name of letters");
            browser.clear("File name");
            browser.type("File name", "events.jsonl");
            browser.choose("Begin with", "beginning");
            checkAccessible(browser, "new forwarder");
            browser.click("button", "Save");
            browser.awaitText("events.jsonl");
            browser.await(
                    "events that were taken", "/[1-9]\\d* taken/.test(document.body.innerText)");
            browser.click("button", "Send a test");
            browser.awaitText("The test was taken");
            browser.click("switch", "Enabled: archive");
            Pause.until(
                    "a forwarder that is switched off",
                    LIMIT,
                    () ->
                            !collector
                                    .call("GET", "/api/v1/forwarders", "")
                                    .at("/0/enabled")
                                    .asBoolean(true));
            checkAccessible(browser, "forwarders");
            checkQuiet(browser);
        }
    }

    @Test
    @Order(4)
    void aRollOutIsPlannedAndAnEarlierBundleIsPinned() throws IOException {
        try (Browser browser = browsers.admin("en")) {
            browser.open("/settings/rollout");
            browser.awaitText("No stages: everybody gets something new at once.");
            browser.click("button", "Add a stage");
            browser.type("Stage 1: agents with the tags", "canary");
            browser.awaitText("canary: must be name=value");
            browser.clear("Stage 1: agents with the tags");
            browser.type("Stage 1: agents with the tags", "ring=canary");
            browser.click("button", "Every week");
            checkAccessible(browser, "roll-out, edited");
            browser.click("button", "Save");
            browser.awaitText("The plan is saved");
            JsonNode plan = collector.call("GET", "/api/v1/rollout", "").path("plan");
            assertThat(plan.at("/stages/0/tags/ring").asString("")).isEqualTo("canary");
            assertThat(plan.at("/freezes/0/days/0").asString("")).isEqualTo("fri");

            browser.click("button", "Pin");
            browser.awaitText("At once, whatever is on its way");
            browser.click("button", "Pin");
            browser.awaitText("is pinned: everybody gets it");
            checkAccessible(browser, "roll-out, pinned");
            browser.click("button", "End the pin");
            browser.awaitText("Go on from where it was?");
            browser.click("button", "End the pin");
            browser.awaitText("is to have bundle");
            checkQuiet(browser);
        }
    }

    @Test
    @Order(5)
    void retentionIsChangedOnlyAfterAQuestionWhenItIsLess() throws IOException {
        try (Browser browser = browsers.admin("ja")) {
            browser.open("/settings/keeping");
            browser.awaitText("イベントの保存期間(日)");
            checkAccessible(browser, "retention");
            browser.clear("イベントの保存期間(日)");
            browser.type("イベントの保存期間(日)", "7");
            browser.click("button", "保存");
            browser.awaitText("保存期間または容量を減らしますか?");
            browser.click("button", "保存");
            browser.awaitText("保存しました");
            assertThat(collector.call("GET", "/api/v1/retention", "").path("days").asLong(0))
                    .isEqualTo(7);
            checkQuiet(browser);
        }
    }

    @Test
    @Order(6)
    void aViewThatWasSavedIsThereInAnotherBrowser() throws IOException {
        String filter = "/events?filter=severity%20%3C%3D%203&group=ruleName";
        try (Browser browser = browsers.admin("en")) {
            browser.open(filter);
            browser.click("button", "Views");
            browser.click("menuitem", "Save this view");
            browser.type("Name of the view", "grave by rule");
            browser.click("button", "Save");
            browser.awaitText("The view is saved");
            checkQuiet(browser);
        }
        try (Browser browser = browsers.another("en")) {
            browser.open("/events");
            browser.click("button", "Views");
            browser.click("menuitem", "grave by rule");
            browser.await("its address", "location.search.includes('group=ruleName')");
            browser.click("button", "Views");
            browser.click("menuitem", "Forget views");
            checkAccessible(browser, "saved views");
            browser.click("button", "Forget grave by rule");
            browser.awaitText("No view has a name yet.");
            checkQuiet(browser);
        }
    }

    @Test
    @Order(7)
    void theOverviewTellsWhatHappenedAndWhoIsWell() throws IOException {
        try (Browser browser = browsers.admin("en")) {
            browser.open("/overview");
            browser.awaitText("1 of 1 connected");
            browser.awaitText("Terminal shell in container");
            browser.awaitText(test.name());
            browser.awaitText("the day before");
            checkAccessible(browser, "overview");
            browser.click("link", "Terminal shell in container");
            browser.await("its events", "location.pathname === '/events'");
            browser.awaitText("root ran sh");
            checkQuiet(browser);
        }
    }

    @Test
    @Order(8)
    void aCaptureIsFetchedFromItsMachineAndDownloaded() throws IOException {
        // By the plan of before, only canaries would get the policy.
        collector.call("PUT", "/api/v1/rollout", "{}");
        collector.call(
                "POST",
                "/api/v2/policies",
                """
                {"name": "keep evidence", "description": "What a shell does is kept.", "severity": 4, "type": "falco",
                 "scope": "container.name = %s", "ruleNames": ["Terminal shell in container"],
                 "actions": [{"type": "POLICY_ACTION_CAPTURE", "beforeEventNs": 1000000000,
                              "afterEventNs": 1000000000}]}"""
                        .formatted(test.name()));
        collector.awaitInForce();
        test.terminal("sh").input("true\n").run();
        collector.awaitEvent("action = capture_taken and actionStatus = done");
        try (Browser browser = browsers.admin("en")) {
            browser.open("/activity/captures");
            browser.awaitText(".scap");
            checkAccessible(browser, "captures");
            browser.click("button", "Fetch");
            browser.awaitText("SHA-256");
            browser.await(
                    "a capture to download",
                    "[...document.querySelectorAll('a[download]')].length === 1");
            String sum =
                    browser.script(
                                    "fetch(document.querySelector('a[download]').href).then(r =>"
                                            + " r.arrayBuffer()).then(b =>"
                                            + " crypto.subtle.digest('SHA-256', b)).then(d => [...new"
                                            + " Uint8Array(d)].map(n => n.toString(16).padStart(2,"
                                            + " '0')).join(''))")
                            .asString("");
            JsonNode fetched =
                    collector
                            .call("GET", "/secure/response-actions/v1alpha1/action-executions", "")
                            .at("/data/0");
            assertThat(fetched.at("/outputs/sha256").asString("-")).isEqualTo(sum);
            assertThat(fetched.path("fileBytes").asLong(0)).isGreaterThan(1000);
            checkQuiet(browser);
        }
    }

    @Test
    @Order(9)
    void aCollectorThatIsAwayIsNotTakenForCalm() {
        String counted =
                "/Medium\\s*[1-9]/.test(document.querySelector('.histogram .legend').innerText)";
        try (Browser browser = browsers.another("en")) {
            browser.open("/events");
            browser.awaitText("Terminal shell in container");
            browser.await("the histogram", counted);
            collector.kill();
            browser.awaitText("What is shown is of");
            // It asks again every ten seconds, and gets no answer.
            Pause.millis(12_000);
            assertThat(browser.script(counted).asBoolean(false)).isTrue();
            // A place whose file the browser has not got yet.
            browser.click("link", "Library");
            browser.await(
                    "the page to say so",
                    "document.querySelector('main .failure')?.innerText.includes('The collector"
                            + " cannot be reached')");
            assertThat(browser.text()).doesNotContain("preload", "imported module");
            collector.restart();
            browser.awaitText("Malicious filenames written");
            assertThat(browser.text()).doesNotContain("What is shown is of");
        }
    }
}
