// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.model;

import java.util.List;

/**
 * What is told: a finding with where it happened, the lineage of who did it, what policies say and
 * what was done.
 *
 * @param finding what matched
 * @param hostname the machine
 * @param lineage the process itself first, then every ancestor to the root; empty when not asked
 *     for
 * @param verdicts one per policy that covers it
 * @param actions what was done
 */
public record Alert(
        Finding finding,
        String hostname,
        List<Ancestor> lineage,
        List<Verdict> verdicts,
        List<ActionResult> actions) {
    public Alert {
        lineage = List.copyOf(lineage);
        verdicts = List.copyOf(verdicts);
        actions = List.copyOf(actions);
    }

    /** One that no policy covers. */
    public Alert(Finding finding, String hostname, List<Ancestor> lineage) {
        this(finding, hostname, lineage, List.of(), List.of());
    }
}
