// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.generator;

import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Results as lines: columns for people, JSON for programs. */
public final class Report {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int RULE_WIDTH = 60;
    private static final String ROW = "%-" + RULE_WIDTH + "s  %-8s  %-4s  %9s  %s";

    private Report() {}

    public static String head() {
        return row("rule", "expected", "seen", "latency", "");
    }

    public static String line(Result r) {
        String latency = r.seen() ? ms(r.latencyNs()) : "";
        return row(
                r.rule(), r.expected() ? "yes" : "no", r.seen() ? "yes" : "no", latency, r.note());
    }

    public static String json(Result r) {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("rule", r.rule());
        node.put("expected", r.expected());
        node.put("seen", r.seen());
        node.put("outcome", r.outcome().name().toLowerCase(Locale.ROOT));
        if (r.seen()) {
            node.put("latency_ms", toMs(r.latencyNs()));
        }
        if (!r.note().isEmpty()) {
            node.put("note", r.note());
        }
        return node.toString();
    }

    public static String sum(List<Result> results) {
        long expected = results.stream().filter(Result::expected).count();
        long seen = results.stream().filter(Result::seen).count();
        return String.format(
                Locale.ROOT,
                "%d rules: %d expected, %d seen, %d not seen, %d that nothing fires here",
                results.size(),
                expected,
                seen,
                expected - seen,
                results.size() - expected);
    }

    /** A rule with its action, without performing it. */
    public static String action(String rule, Actions actions) {
        return actions.of(rule)
                .map(
                        a ->
                                a.steps().isEmpty()
                                        ? "cannot: " + a.cannot()
                                        : String.join(
                                                "; ",
                                                a.steps().stream()
                                                        .map(Action.Step::toString)
                                                        .toList()))
                .map(text -> String.format(Locale.ROOT, "%-" + RULE_WIDTH + "s  %s", rule, text))
                .orElse(rule + "  no action is known");
    }

    /** The same as JSON. */
    public static String actionJson(String rule, Actions actions) {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("rule", rule);
        actions.of(rule)
                .ifPresent(
                        a -> {
                            if (a.steps().isEmpty()) {
                                node.put("cannot", a.cannot());
                            }
                            a.steps().forEach(s -> node.withArray("/steps").add(s.toString()));
                        });
        return node.toString();
    }

    public static String loadHead() {
        return loadRow("rule", "performed", "seen", "p50", "p99");
    }

    public static String line(Load.Row r) {
        return loadRow(
                r.rule(),
                Long.toString(r.performed()),
                Long.toString(r.seen()),
                ms(r.p50Ns()),
                ms(r.p99Ns()));
    }

    public static String json(Load.Row r) {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("rule", r.rule());
        node.put("performed", r.performed());
        node.put("seen", r.seen());
        node.put("latency_p50_ms", toMs(r.p50Ns()));
        node.put("latency_p99_ms", toMs(r.p99Ns()));
        return node.toString();
    }

    public static String sum(Load load) {
        return String.format(
                Locale.ROOT,
                "%d actions at %.1f/s: %d alerts missed, %d actions failed",
                load.performed(),
                load.rate(),
                load.missed(),
                load.failed());
    }

    private static String row(
            String rule, String expected, String seen, String latency, String note) {
        return String.format(Locale.ROOT, ROW, rule, expected, seen, latency, note).stripTrailing();
    }

    private static String loadRow(String rule, String n, String seen, String p50, String p99) {
        return String.format(
                Locale.ROOT, "%-" + RULE_WIDTH + "s  %9s  %9s  %9s  %9s", rule, n, seen, p50, p99);
    }

    /** To the microsecond. */
    private static double toMs(long ns) {
        return Math.round(ns / 1e3) / 1e3;
    }

    private static String ms(long ns) {
        return String.format(Locale.ROOT, "%.2f ms", ns / 1e6);
    }
}
