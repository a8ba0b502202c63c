// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.event;

/**
 * Who told an alert.
 *
 * @param agentId the agent; empty when it came from elsewhere
 * @param rawOriginator what kind of thing told it, in Sysdig's words
 * @param hostname the machine, where the alert itself does not say
 * @param key tells this alert apart from all others of the same moment; the same whenever it is
 *     told again
 */
public record Origin(String agentId, String rawOriginator, String hostname, String key) {
    public static final String AGENT = "linuxAgent";
    public static final String FALCO = "falco";
}
