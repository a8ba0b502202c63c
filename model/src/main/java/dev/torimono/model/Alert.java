// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.model;

import java.util.List;

/**
 * What is told: a finding with where it happened and the lineage of who did it.
 *
 * @param finding what matched
 * @param hostname the machine
 * @param lineage the process itself first, then every ancestor to the root; empty when not asked
 *     for
 */
public record Alert(Finding finding, String hostname, List<Ancestor> lineage) {
    public Alert {
        lineage = List.copyOf(lineage);
    }
}
