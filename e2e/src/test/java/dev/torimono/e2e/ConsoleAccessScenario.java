// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.e2e;

import static dev.torimono.e2e.ConsoleStage.checkQuiet;
import static dev.torimono.e2e.browser.Fields.choose;
import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.e2e.browser.Browser;
import dev.torimono.e2e.fixture.CollectorProcess;
import dev.torimono.e2e.fixture.NeedsPrograms;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Several people at one console: roles, what they call off, and what they write at the same time.
 */
@NeedsPrograms(Browser.PROGRAM)
class ConsoleAccessScenario {
    private static final String EXECUTIONS = "/secure/response-actions/v1alpha1/action-executions";

    @TempDir private Path folder = Path.of("");
    private @org.jspecify.annotations.Nullable CollectorProcess started;
    private @org.jspecify.annotations.Nullable Browsers browsers;

    @BeforeEach
    void start() {
        started = CollectorProcess.start(folder.resolve("data"));
        browsers = new Browsers(folder.resolve("browsers"), started);
    }

    @AfterEach
    void stop() {
        collector().close();
    }

    private CollectorProcess collector() {
        return java.util.Objects.requireNonNull(started);
    }

    private Browsers browsers() {
        return java.util.Objects.requireNonNull(browsers);
    }

    @Test
    void anotherRoleHoldsAtOnceForWhoIsLoggedIn() {
        collector()
                .call(
                        "POST",
                        "/api/v1/accounts",
                        "{\"name\": \"mika\", \"role\": \"viewer\", \"password\": \"0123456789ab\"}");
        try (Browser mika = browsers().another("en", "mika", "0123456789ab");
                Browser admin = browsers().another("ja")) {
            mika.open("/activity/audit");
            mika.awaitText("Only administrators see the audit log.");
            admin.open("/settings/accounts");
            admin.click("button", "役割を変更: mika");
            admin.await("the dialog", "document.querySelector('dialog select') !== null");
            choose(admin, "役割", "admin");
            admin.click("button", "保存");
            admin.awaitText("mika を「管理者」に変更しました");
            mika.open("/activity/audit");
            mika.awaitText("/api/v1/accounts/mika");
            mika.awaitText("\"before\":\"viewer\"");
            checkQuiet(mika);
            checkQuiet(admin);
        }
    }

    @Test
    void whatNoAgentHasFetchedIsCalledOff() {
        collector().enrol("asleep");
        JsonNode asked =
                collector()
                        .call(
                                "POST",
                                EXECUTIONS,
                                """
                                {"actionType": "KILL_CONTAINER", "ttlSeconds": 300, "reason": "too late",
                                 "parameters": {"host.id": "asleep", "container.id": "3ad7b26ded6d"}}""");
        try (Browser browser = browsers().another("en")) {
            browser.open("/activity/responses");
            browser.awaitText("waiting for the agent");
            browser.click("button", "Call off");
            browser.awaitText("Called off: it is not done");
            browser.awaitText("admin called it off");
            checkQuiet(browser);
        }
        assertThat(
                        collector()
                                .call("GET", EXECUTIONS + "/" + asked.path("id").asString(""), "")
                                .path("outcome")
                                .asString(""))
                .isEqualTo("cancelled");
    }

    @Test
    void aTextIsKeptWholeOrNotAtAll() {
        JsonNode list =
                collector()
                        .call(
                                "POST",
                                "/api/secure/falco/lists",
                                "{\"name\": \"ours\", \"items\": {\"items\": [\"a\"]}, \"append\": false}");
        String path = "/api/secure/falco/lists/" + list.path("id").asLong(0);
        try (Browser browser = browsers().another("en")) {
            browser.open("/library/yaml?list=" + list.path("id").asLong(0));
            browser.awaitText("list \"ours\": no rule, macro or list uses it");
            // At the beginning of the text, before what is there.
            browser.type("YAML", "- list: beside\n  items: [x]\n");
            browser.awaitText("list \"beside\": no rule, macro or list uses it");
            collector()
                    .call(
                            "PUT",
                            path,
                            "{\"name\": \"ours\", \"items\": {\"items\": [\"theirs\"]}, \"append\": false}");
            browser.click("button", "Save");
            browser.awaitText("ours: its version is 2 by now; read it again");
            assertThat(collector().call("GET", "/api/secure/falco/lists", "").toString())
                    .doesNotContain("\"beside\"")
                    .contains("theirs");
            checkQuiet(browser);
        }
    }
}
