// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.e2e.evasion;

import dev.torimono.e2e.fixture.AlertLine;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One known way around detection, and what comes of it here.
 *
 * @param id of the list in docs/evasions.md
 * @param way what is done
 * @param outcome what comes of it
 * @param why by what it is caught, or why not
 * @param deed does it; null only where it is not applicable
 * @param sign the alert that gives it away; of one that is not caught, the one that should
 */
record Evasion(
        String id,
        String way,
        Outcome outcome,
        String why,
        @Nullable Deed deed,
        Predicate<AlertLine> sign) {
    /** What comes of an evasion. */
    enum Outcome {
        CAUGHT("caught"),
        NOT_CAUGHT("**not caught**"),
        NOT_APPLICABLE("not applicable here");

        private final String word;

        Outcome(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    /** Performs an evasion. */
    @FunctionalInterface
    interface Deed {
        void perform(Range range) throws Exception;
    }

    static Evasion caught(String id, String way, String why, Deed deed, Predicate<AlertLine> sign) {
        return new Evasion(id, way, Outcome.CAUGHT, why, deed, sign);
    }

    static Evasion missed(String id, String way, String why, Deed deed, Predicate<AlertLine> sign) {
        return new Evasion(id, way, Outcome.NOT_CAUGHT, why, deed, sign);
    }

    static Evasion elsewhere(String id, String way, String why) {
        return new Evasion(id, way, Outcome.NOT_APPLICABLE, why, null, alert -> false);
    }

    /** Runs a command in the container. */
    static Deed run(String... command) {
        return range -> range.exec(command);
    }

    /** Runs a deed of evader.c in the container. */
    static Deed evader(String... words) {
        List<String> command = new java.util.ArrayList<>(List.of(Range.EVADER));
        command.addAll(List.of(words));
        return run(command.toArray(String[]::new));
    }

    /** Runs a line of the shell in the container. */
    static Deed shell(String line) {
        return run("sh", "-c", line);
    }

    /** An alert of a rule by a command with that text. */
    static Predicate<AlertLine> sign(String rule, String command) {
        return alert ->
                alert.rule().equals(rule)
                        && (alert.field("proc.cmdline").contains(command)
                                || alert.output().contains(command));
    }

    /** An alert of a rule with that value of a field. */
    static Predicate<AlertLine> sign(String rule, String field, String value) {
        return alert -> alert.rule().equals(rule) && alert.field(field).equals(value);
    }

    @Override
    public String toString() {
        return id + " " + way;
    }
}
