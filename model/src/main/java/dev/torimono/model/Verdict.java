// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.model;

import java.util.List;

/**
 * What one policy says to a finding.
 *
 * @param policy its name
 * @param type {@code workload}, {@code drift} or {@code malware}
 * @param severity 0 (most severe) to 7
 * @param mode {@code monitor} or {@code enforce}
 * @param actions what it asks for on this node, strongest first, such as {@code kill_process}
 * @param notes why something is not done as the policy says
 * @param channels notification channels by name
 * @param runbook where to read what to do; empty when there is none
 */
public record Verdict(
        String policy,
        String type,
        int severity,
        String mode,
        List<String> actions,
        List<String> notes,
        List<String> channels,
        String runbook) {
    public Verdict {
        actions = List.copyOf(actions);
        notes = List.copyOf(notes);
        channels = List.copyOf(channels);
    }
}
