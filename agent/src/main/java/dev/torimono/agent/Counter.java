// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent;

/** What the agent itself counts; the stages and outputs count their own. */
public enum Counter {
    /** Events that the source handed over. */
    EVENTS("events read"),
    /** Events that a fault of ours kept from being judged; each is logged, at a bounded rate. */
    EVENTS_FAILED("events not judged because of an internal error"),
    /** Rules that matched. */
    FINDINGS("findings"),
    /** Alerts made, internal ones included. */
    ALERTS("alerts"),
    /** Alerts that found an output's queue full, once per output. */
    ALERTS_DROPPED("alerts dropped by full output queues"),
    /** Alerts that waited for their container's description. */
    ALERTS_HELD("alerts held for their container's description"),
    /** Alerts told before that came, with a second one to follow. */
    ALERTS_PENDING("alerts told before their container was described"),
    /** The second ones. */
    ALERTS_COMPLETED("alerts told again once their container was described"),
    /** Events decided by what was known, since too many waited for a description. */
    OPEN_OVERFLOWS("events judged without their container's description for want of room"),
    /** Rulesets put in force while running. */
    RELOADS("rulesets reloaded"),
    /** Rulesets that were refused, so that the old one stayed. */
    RELOADS_REFUSED("reloads refused");

    private final String meaning;

    Counter(String meaning) {
        this.meaning = meaning;
    }

    public String meaning() {
        return meaning;
    }
}
