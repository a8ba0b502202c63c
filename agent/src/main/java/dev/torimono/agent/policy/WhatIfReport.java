// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.policy;

import dev.torimono.agent.journal.Journal;
import dev.torimono.response.past.PastFinding;
import dev.torimono.response.past.WhatIf;
import dev.torimono.response.policy.Policy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a policy would have done to the findings of a journal, for people. */
public final class WhatIfReport {
    private static final int MOST_ROWS = 50;
    private static final int RULE_CHARS = 40;
    private static final int PLACE_CHARS = 40;
    private static final int PROCESS_CHARS = 60;

    private WhatIfReport() {}

    /** The report. */
    public static String text(WhatIf whatIf, Policy policy, Journal journal, Instant since) {
        List<PastFinding> covered = new ArrayList<>();
        int exempt = 0;
        int unknown = 0;
        for (PastFinding finding : journal.findings()) {
            switch (whatIf.judge(policy, finding)) {
                case COVERED -> covered.add(finding);
                case EXEMPT -> exempt++;
                case UNKNOWN -> unknown++;
                case NOTHING -> {}
            }
        }
        StringBuilder out = new StringBuilder();
        out.append("what if policy \"").append(policy.name()).append("\" had been in force since ");
        out.append(since).append("?\n");
        out.append("findings recorded  ").append(journal.findings().size());
        out.append(reach(journal, since)).append('\n');
        out.append("covered            ").append(covered.size()).append('\n');
        out.append("taken out          ").append(exempt);
        out.append(" by its exceptions\n");
        if (unknown > 0) {
            out.append("cannot be told     ").append(unknown);
            out.append(": the alerts do not have what its scope or exceptions ask for\n");
        }
        out.append("it would have      ").append(deeds(policy, covered.size())).append('\n');
        recorded(out, policy, journal);
        out.append(table(covered));
        return out.toString();
    }

    /** An honest report says how far back it can see. */
    private static String reach(Journal journal, Instant since) {
        String broken =
                journal.broken() > 0 ? "; " + journal.broken() + " lines could not be read" : "";
        if (journal.oldest().isEmpty()) {
            return ": the journal is empty" + broken;
        }
        Instant oldest = journal.oldest().get();
        return oldest.isAfter(since)
                ? " (the journal goes back to " + oldest + " only)" + broken
                : broken;
    }

    private static String deeds(Policy policy, int covered) {
        List<String> labels = policy.actions().labels();
        if (labels.isEmpty()) {
            return "told " + covered + " alerts, and done nothing: it has no actions";
        }
        return "done " + String.join(" and ", labels) + ", " + covered + " times";
    }

    /** What the agent itself wrote of the policy while it was in force. */
    private static void recorded(StringBuilder out, Policy policy, Journal journal) {
        long told =
                journal.findings().stream()
                        .filter(finding -> finding.policies().contains(policy.name()))
                        .count();
        long monitored =
                journal.findings().stream()
                        .filter(finding -> finding.policies().contains(policy.name()))
                        .filter(f -> f.actions().stream().anyMatch(a -> a.endsWith(" monitored")))
                        .count();
        if (told > 0) {
            out.append("in force, it told  ").append(told).append(" alerts, ").append(monitored);
            out.append(" with an action that was only monitored\n");
        }
    }

    /** Findings that are alike, most frequent first. */
    static String table(List<PastFinding> findings) {
        if (findings.isEmpty()) {
            return "";
        }
        Map<List<String>, Integer> rows = new LinkedHashMap<>();
        for (PastFinding finding : findings) {
            rows.merge(
                    List.of(
                            cut(finding.rule(), RULE_CHARS),
                            cut(finding.place(), PLACE_CHARS),
                            cut(finding.process(), PROCESS_CHARS)),
                    1,
                    Integer::sum);
        }
        StringBuilder out = new StringBuilder("\n");
        String format = "%6s  %-" + RULE_CHARS + "s  %-" + PLACE_CHARS + "s  %s%n";
        out.append(String.format(Locale.ROOT, format, "COUNT", "RULE", "WHERE", "PROCESS"));
        rows.entrySet().stream()
                .sorted(Map.Entry.<List<String>, Integer>comparingByValue().reversed())
                .limit(MOST_ROWS)
                .forEach(
                        row ->
                                out.append(
                                        String.format(
                                                Locale.ROOT,
                                                format,
                                                row.getValue(),
                                                row.getKey().get(0),
                                                row.getKey().get(1),
                                                row.getKey().get(2))));
        if (rows.size() > MOST_ROWS) {
            out.append("        and ").append(rows.size() - MOST_ROWS).append(" more\n");
        }
        return out.toString();
    }

    /** A process chooses its own name: no control character of it may reach a terminal. */
    private static String cut(String text, int chars) {
        String safe = text.replaceAll("[\\p{Cntrl}\\p{Cf}]", "·");
        return safe.length() > chars ? safe.substring(0, chars - 1) + "…" : safe;
    }
}
