// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.agent.format.AlertShape;
import dev.torimono.agent.format.JsonFormat;
import dev.torimono.host.capture.CaptureContainers;
import dev.torimono.model.Alert;
import dev.torimono.model.Finding;
import dev.torimono.model.Priority;
import dev.torimono.rules.LoadOptions;
import dev.torimono.rules.LoadResult;
import dev.torimono.rules.MatchStrategy;
import dev.torimono.rules.Matcher;
import dev.torimono.rules.RuleFile;
import dev.torimono.rules.RuleLoader;
import dev.torimono.rules.Selection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Falco's own rules over a recorded container tell what Falco told. */
class PeerAlertsTest {
    private static final String STABLE = "falco_rules.yaml";
    private static final String INCUBATING = "falco-incubating_rules.yaml";
    private static final String SANDBOX = "falco-sandbox_rules.yaml";

    private static final long BOOT_NS = 1_795_333_757_000_000_000L;

    /** What Falco's default configuration appends for its container plugin. */
    private static final LoadOptions.ExtraOutput CONTAINER =
            new LoadOptions.ExtraOutput(
                    "container_id=%container.id container_name=%container.name"
                            + " container_image_repository=%container.image.repository"
                            + " container_image_tag=%container.image.tag"
                            + " k8s_pod_name=%k8s.pod.name k8s_ns_name=%k8s.ns.name",
                    "syscall", Set.of(), "");

    private final Path shared = CaseFiles.folder().resolveSibling("");
    private final JsonMapper json = JsonMapper.shared();

    @Test
    void stableRulesTellWhatFalcoTold() throws IOException {
        check("container-mix.alerts-stable.jsonl", STABLE);
    }

    @Test
    void allRuleFilesTellWhatFalcoTold() throws IOException {
        check("container-mix.alerts-all.jsonl", STABLE, INCUBATING, SANDBOX);
    }

    private void check(String recorded, String... ruleFiles) throws IOException {
        List<JsonNode> expected = new ArrayList<>();
        for (String line : Files.readAllLines(shared.resolve("peer").resolve(recorded))) {
            if (line.startsWith("{")) { // a summary follows
                expected.add(json.readTree(line));
            }
        }
        List<JsonNode> got = alerts(ruleFiles);
        assertThat(got)
                .extracting(PeerAlertsTest::heading)
                .containsExactlyElementsOf(expected.stream().map(PeerAlertsTest::heading).toList());
        for (int i = 0; i < got.size(); i++) {
            assertThat(sinceBoot(got.get(i))).isEqualTo(expected.get(i));
        }
    }

    private List<JsonNode> alerts(String... ruleFiles) throws IOException {
        List<RuleFile> files = new ArrayList<>();
        for (String name : ruleFiles) {
            files.add(RuleFile.read(shared.resolve("falco/rules").resolve(name)));
        }
        LoadOptions defaults = LoadOptions.DEFAULT;
        LoadOptions options =
                new LoadOptions(
                        defaults.fields(),
                        defaults.plugins(),
                        List.of(CONTAINER),
                        defaults.firstErrorOnly());
        LoadResult loaded = new RuleLoader(options).load(files);
        assertThat(loaded.report().errors()).isEmpty();
        Matcher matcher =
                loaded.ruleset().matcher(MatchStrategy.FIRST, Selection.DEFAULT, Priority.DEBUG);
        List<Finding> findings = new ArrayList<>();
        CaptureReplay.each(
                shared.resolve("peer/container-mix.scap"),
                new CaptureContainers(),
                observation -> matcher.match(observation, findings::add));
        JsonFormat format = new JsonFormat(AlertShape.DEFAULT, ZoneOffset.UTC);
        return findings.stream()
                .map(finding -> format.render(new Alert(finding, "vm", List.of())))
                .map(json::readTree)
                .toList();
    }

    /** Falco gives the start of a container as time since boot here, we as time of day. */
    private JsonNode sinceBoot(JsonNode alert) {
        JsonNode start = alert.get("output_fields").get("container.start_ts");
        if (start == null) {
            return alert;
        }
        String shown = String.valueOf(start.longValue());
        String since = String.valueOf(start.longValue() - BOOT_NS);
        return json.readTree(json.writeValueAsString(alert).replace(shown, since));
    }

    private static String heading(JsonNode alert) {
        return alert.get("time").stringValue() + " " + alert.get("rule").stringValue();
    }
}
