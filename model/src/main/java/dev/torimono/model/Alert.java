// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is told: a finding with where it happened, the lineage of who did it, what policies say and
 * what was done.
 *
 * @param finding what matched
 * @param hostname the machine
 * @param lineage the process itself first, then every ancestor to the root; empty when not asked
 *     for
 * @param container where it happened, as known when it was judged; null on the host
 * @param verdicts one per policy that covers it
 * @param actions what was done
 * @param standing whether more will be told
 */
public record Alert(
        Finding finding,
        String hostname,
        List<Ancestor> lineage,
        @Nullable Container container,
        List<Verdict> verdicts,
        List<ActionResult> actions,
        Standing standing) {
    /** Whether an alert is all there is to tell. */
    public enum Standing {
        /** It is. */
        WHOLE,
        /** Its container was not described in time: another one with the same id follows. */
        PENDING,
        /** Follows a pending one of the same id and replaces it. */
        COMPLETED
    }

    private static final int RADIX = 36;
    private static final int HASH_DIGITS = 6;

    public Alert {
        lineage = List.copyOf(lineage);
        verdicts = List.copyOf(verdicts);
        actions = List.copyOf(actions);
    }

    /** One that is whole. */
    public Alert(
            Finding finding,
            String hostname,
            List<Ancestor> lineage,
            @Nullable Container container,
            List<Verdict> verdicts,
            List<ActionResult> actions) {
        this(finding, hostname, lineage, container, verdicts, actions, Standing.WHOLE);
    }

    /** One that no policy covers. */
    public Alert(Finding finding, String hostname, List<Ancestor> lineage) {
        this(finding, hostname, lineage, null, List.of(), List.of());
    }

    /** The same, with where it happened. */
    public Alert in(@Nullable Container at) {
        return new Alert(finding, hostname, lineage, at, verdicts, actions, standing);
    }

    /** The same, with what policies said and what was done. */
    public Alert with(List<Verdict> said, List<ActionResult> done) {
        return new Alert(finding, hostname, lineage, container, said, done, standing);
    }

    /** The same, with what was found as it is known now. */
    public Alert with(Finding known) {
        return new Alert(known, hostname, lineage, container, verdicts, actions, standing);
    }

    /** The same, of another standing. */
    public Alert as(Standing now) {
        return new Alert(finding, hostname, lineage, container, verdicts, actions, now);
    }

    /**
     * Names it: made of what happened and not drawn, so that the same alert has the same id however
     * often it is delivered. Sorts by time.
     */
    public String id() {
        int hash =
                (finding.rule().hashCode() * 31 + hostname.hashCode()) * 31
                        + Long.hashCode(finding.eventNumber());
        String tail = Integer.toString(hash & Integer.MAX_VALUE, RADIX);
        return Long.toString(finding.timeNs(), RADIX)
                + "0".repeat(HASH_DIGITS - tail.length())
                + tail;
    }

    /** The most severe of its policies' severities; -1 when none covers it. */
    public int severity() {
        return verdicts.stream().mapToInt(Verdict::severity).min().orElse(-1);
    }
}
