// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.conformance;

import dev.torimono.model.Observation;
import dev.torimono.rules.MatchStrategy;
import dev.torimono.rules.RuleException;
import dev.torimono.rules.field.FieldCatalog;
import dev.torimono.rules.plan.Condition;
import dev.torimono.rules.plan.ConditionCompiler;
import dev.torimono.rules.plan.Plan;
import dev.torimono.rules.plan.PlannedRule;
import dev.torimono.rules.syntax.ConditionParser;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A condition over every event of a capture: how often it holds, and for which events. All
 * conditions of one capture share one replay.
 */
final class CaptureConditionCases implements Section {
    private static final String SOURCE = "syscall";
    private static final int SHOWN = 20;

    private final List<JsonNode> cases;
    private final CaptureReplay replay;
    private final ConditionCompiler compiler = new ConditionCompiler(FieldCatalog.standard());
    private final Map<String, Map<String, Hits>> byCapture = new HashMap<>();

    CaptureConditionCases(List<JsonNode> cases, Path folder) {
        this.cases = cases;
        this.replay = new CaptureReplay(folder);
    }

    @Override
    public CaseResult run(JsonNode testCase) {
        String capture = testCase.get("capture").stringValue();
        Map<String, Hits> hits = byCapture.computeIfAbsent(capture, this::evaluate);
        Hits got = hits.get(testCase.get("condition").stringValue());
        if (got == null || got.error != null) {
            return CaseResult.failed(
                    testCase.get("expect_count"), String.valueOf(got == null ? null : got.error));
        }
        String expected = testCase.get("expect_nums_sha1").stringValue();
        return got.sha1().equals(expected)
                ? CaseResult.PASSED
                : CaseResult.failed(
                        testCase.get("expect_count")
                                + " events: "
                                + shown(String.valueOf(testCase.get("expect_nums"))),
                        got.numbers.size() + " events: " + shown(got.numbers.toString()));
    }

    @Override
    public String name(JsonNode testCase) {
        return testCase.path("capture").asString("")
                + ": "
                + testCase.path("condition").asString("");
    }

    private static String shown(String numbers) {
        return numbers.length() > 8 * SHOWN ? numbers.substring(0, 8 * SHOWN) + "…" : numbers;
    }

    private Map<String, Hits> evaluate(String capture) {
        Map<String, Hits> results = new HashMap<>();
        for (JsonNode testCase : cases) {
            if (testCase.get("capture").asString("").equals(capture)) {
                results.computeIfAbsent(testCase.get("condition").asString(""), this::compile);
            }
        }
        List<Hits> running = new ArrayList<>(results.values());
        replay.each(capture, observation -> running.forEach(hits -> hits.look(observation)));
        return results;
    }

    private Hits compile(String condition) {
        try {
            Condition compiled = compiler.compile(ConditionParser.parse(condition), SOURCE);
            return new Hits(Plan.of(List.of(new PlannedRule(SOURCE, compiled, 0))), null);
        } catch (RuleException e) {
            return new Hits(null, "refused: " + e);
        }
    }

    /** The events for which one condition held. */
    private static final class Hits {
        private final @Nullable Plan plan;
        private @Nullable String error;
        private final List<Long> numbers = new ArrayList<>();

        Hits(@Nullable Plan plan, @Nullable String error) {
            this.plan = plan;
            this.error = error;
        }

        void look(Observation observation) {
            if (plan == null || error != null) {
                return;
            }
            long number = observation.event().number();
            try {
                plan.match(observation, MatchStrategy.ALL, _ -> numbers.add(number));
            } catch (RuntimeException e) {
                error = "event " + number + ": " + e;
            }
        }

        String sha1() {
            String joined = numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
            try {
                MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
                byte[] digest = sha1.digest(joined.getBytes(StandardCharsets.UTF_8));
                return HexFormat.of().formatHex(digest);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java has SHA-1", e);
            }
        }
    }
}
