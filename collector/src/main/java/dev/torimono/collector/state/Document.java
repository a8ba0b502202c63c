// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.state;

import tools.jackson.databind.node.ObjectNode;

/**
 * One thing of the configuration, in the JSON of the API.
 *
 * @param id its number
 * @param kind what it is
 * @param name its name
 * @param version counts its changes, from 1
 * @param body everything else
 * @param createdMs when it came, ms since the epoch
 * @param modifiedMs when it last changed, ms since the epoch
 */
public record Document(
        long id,
        Kind kind,
        String name,
        long version,
        ObjectNode body,
        long createdMs,
        long modifiedMs) {

    /** What there is. */
    public enum Kind {
        POLICY,
        /** What was changed of a policy that comes with the program. */
        MANAGED,
        RULE,
        LIST,
        MACRO,
        CHANNEL,
        FORWARDER
    }
}
