// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.conformance;

import dev.torimono.agent.format.AlertFormat;
import dev.torimono.agent.format.AlertShape;
import dev.torimono.agent.format.JsonFormat;
import dev.torimono.agent.format.TextFormat;
import dev.torimono.model.Alert;
import dev.torimono.model.Finding;
import dev.torimono.model.Priority;
import dev.torimono.rules.LoadOptions;
import dev.torimono.rules.LoadResult;
import dev.torimono.rules.MatchStrategy;
import dev.torimono.rules.Matcher;
import dev.torimono.rules.RuleFile;
import dev.torimono.rules.RuleLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Rules over a capture: how often each fires, and the first alerts byte by byte. */
final class AlertCases implements Section {
    private static final AlertShape SHAPE =
            new AlertShape(false, true, true, true, true, Map.of(), Map.of(), "");

    private final CaptureReplay replay;
    private final JsonMapper sorted =
            JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

    AlertCases(Path folder) {
        this.replay = new CaptureReplay(folder);
    }

    @Override
    public CaseResult run(JsonNode testCase) {
        List<RuleFile> files = new ArrayList<>();
        for (JsonNode file : testCase.get("files")) {
            files.add(new RuleFile(file.get("name").stringValue(), file.get("yaml").stringValue()));
        }
        LoadResult loaded = new RuleLoader(LoadOptions.DEFAULT).load(files);
        Matcher matcher =
                loaded.ruleset()
                        .matcher(
                                MatchStrategy.FIRST,
                                LoaderCases.selection(testCase.get("rule_selection")),
                                Priority.DEBUG);
        List<Finding> findings = new ArrayList<>();
        replay.each(
                testCase.get("capture").stringValue(),
                observation -> matcher.match(observation, findings::add));
        Map<String, Integer> counts = new TreeMap<>();
        findings.forEach(finding -> counts.merge(finding.rule(), 1, Integer::sum));
        Map<String, Integer> expected = new TreeMap<>();
        testCase.get("expect_counts").forEachEntry((rule, n) -> expected.put(rule, n.intValue()));
        if (!counts.equals(expected)) {
            return CaseResult.failed(expected, counts);
        }
        ZoneId zone = ZoneId.of(testCase.get("timezone").stringValue());
        CaseResult text = compare(testCase, "expect_text", findings, new TextFormat(SHAPE, zone));
        return text instanceof CaseResult.Passed
                ? compare(testCase, "expect_json", findings, new JsonFormat(SHAPE, zone))
                : text;
    }

    private CaseResult compare(
            JsonNode testCase, String key, List<Finding> findings, AlertFormat format) {
        String hostname = testCase.get("hostname").stringValue();
        int index = 0;
        for (JsonNode expected : testCase.get(key)) {
            Finding finding = findings.get(index++);
            if (finding.eventNumber() != expected.get("num").longValue()) {
                return CaseResult.failed("event " + expected.get("num"), finding);
            }
            byte[] line = format.render(new Alert(finding, hostname, List.of()));
            JsonNode alert = expected.get("alert");
            String wanted = alert.isString() ? alert.stringValue() : sortedText(alert);
            String got = new String(line, StandardCharsets.UTF_8);
            if (!wanted.equals(got)) {
                return CaseResult.failed(wanted, got);
            }
        }
        return CaseResult.PASSED;
    }

    private String sortedText(JsonNode alert) {
        return sorted.writeValueAsString(sorted.treeToValue(alert, Map.class));
    }
}
