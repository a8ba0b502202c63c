// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.agent.Log;
import dev.torimono.agent.Replay;
import dev.torimono.agent.ReplayWindow;
import dev.torimono.agent.config.AgentConfig;
import dev.torimono.agent.config.ConfigLoader;
import dev.torimono.agent.format.JsonFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the program tells of a capture is what the engine that recorded it told, alert by alert. */
class PeerReplayTest {
    private static final Path CONFORMANCE = CaseFiles.folder();
    private static final Path SHARED = CONFORMANCE.resolveSibling("");
    private static final List<String> STABLE = List.of("falco_rules.yaml");
    private static final List<String> ALL =
            List.of("falco_rules.yaml", "falco-incubating_rules.yaml", "falco-sandbox_rules.yaml");

    /** The recorded machine's start: docs/differences.md says why it matters. */
    private static final long BOOT_NS = 1_795_333_757_000_000_000L;

    private static final String START = "container.start_ts";

    private final JsonMapper json = JsonMapper.shared();

    @TempDir private Path folder;

    @Test
    void stableRulesTellWhatTheOtherEngineTold() throws IOException {
        compare("container-mix.alerts-stable.jsonl", STABLE);
    }

    @Test
    void allRuleFilesTellWhatTheOtherEngineTold() throws IOException {
        compare("container-mix.alerts-all.jsonl", ALL);
    }

    private void compare(String recorded, List<String> rules) throws IOException {
        List<JsonNode> theirs =
                Files.readAllLines(SHARED.resolve("peer").resolve(recorded)).stream()
                        .filter(line -> line.startsWith("{")) // a summary follows
                        .map(json::readTree)
                        .toList();
        List<JsonNode> ours = alerts(SHARED.resolve("peer/container-mix.scap"), rules).alerts();
        assertThat(ours).hasSameSizeAs(theirs);
        int startsTold = 0;
        for (int i = 0; i < ours.size(); i++) {
            ObjectNode mine = (ObjectNode) ours.get(i);
            mine.remove(List.of("lineage", "id")); // only we tell them
            JsonNode start = mine.get("output_fields").get(START);
            if (start != null) {
                startsTold++;
                mine = sinceBoot(mine, start.longValue());
            }
            assertThat((Object) mine).as("alert %d", i).isEqualTo(theirs.get(i));
        }
        assertThat(startsTold).isEqualTo(4);
    }

    private ObjectNode sinceBoot(ObjectNode alert, long startNs) {
        String text = json.writeValueAsString(alert);
        String since = String.valueOf(startNs - BOOT_NS);
        return (ObjectNode) json.readTree(text.replace(String.valueOf(startNs), since));
    }

    private record Told(List<JsonNode> alerts, Replay.Summary summary) {}

    private Told alerts(Path capture, List<String> rules) throws IOException {
        Path out = folder.resolve("alerts.jsonl");
        Files.deleteIfExists(out);
        List<String> files = new ArrayList<>();
        rules.forEach(name -> files.add(SHARED.resolve("falco/rules").resolve(name).toString()));
        AgentConfig config =
                new ConfigLoader(Map.of())
                        .setList("rules.files", files, "test")
                        .assignment("outputs.stdout.enabled=false")
                        .assignment("outputs.file.enabled=true")
                        .assignment("outputs.file.path=" + out)
                        .load();
        JsonFormat format = new JsonFormat(config.alerts().shape(), ZoneOffset.UTC);
        Replay.Summary summary =
                new Replay(config, format, Log.toStderr(Log.Level.ERROR))
                        .run(capture, ReplayWindow.ALL, null);
        List<String> lines = Files.exists(out) ? Files.readAllLines(out) : List.of();
        List<JsonNode> alerts = lines.stream().map(json::readTree).toList();
        assertThat((long) alerts.size()).isEqualTo(summary.alerts());
        return new Told(alerts, summary);
    }

    @TestFactory
    Stream<DynamicTest> everyCaptureTellsWhatIsExpectedOfIt() {
        List<JsonNode> captures = new ArrayList<>();
        json.readTree(CONFORMANCE.resolve("captures.json")).get("scap").forEach(captures::add);
        return captures.stream()
                .map(
                        capture -> {
                            String file = capture.get("file").stringValue();
                            return DynamicTest.dynamicTest(file, () -> expected(capture, file));
                        });
    }

    private void expected(JsonNode capture, String file) throws IOException {
        Told stable = alerts(CONFORMANCE.resolve(file), STABLE);
        assertThat(counts(stable)).isEqualTo(counts(capture.get("alerts_falco_rules")));
        assertThat(stable.summary().events())
                .isEqualTo(capture.get("events_after_conversion").longValue());
        Told all = alerts(CONFORMANCE.resolve(file), ALL);
        assertThat(counts(all)).isEqualTo(counts(capture.get("alerts_all_three_files")));
    }

    private static Map<String, Integer> counts(Told told) {
        Map<String, Integer> counts = new TreeMap<>();
        told.alerts().forEach(a -> counts.merge(a.get("rule").stringValue(), 1, Integer::sum));
        return counts;
    }

    private static Map<String, Integer> counts(JsonNode expected) {
        Map<String, Integer> counts = new TreeMap<>();
        expected.get("counts").forEachEntry((rule, n) -> counts.put(rule, n.intValue()));
        return counts;
    }
}
