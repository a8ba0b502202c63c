// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.format;

import java.util.Map;

/**
 * What alerts contain, beyond what every alert has.
 *
 * @param isoTime UTC date and time instead of the local time of day in text and {@code output}
 * @param outputProperty JSON has {@code output}
 * @param messageProperty JSON has {@code message}
 * @param tagsProperty JSON has {@code tags}
 * @param fieldsProperty JSON has {@code output_fields}
 * @param staticFields put into every {@code output_fields}
 * @param agentTags tags of this agent, JSON's {@code agent.tags}; left out when empty
 * @param cluster name of the Kubernetes cluster, JSON's {@code agent.cluster}; left out when empty
 * @param id JSON has {@code id}
 */
public record AlertShape(
        boolean isoTime,
        boolean outputProperty,
        boolean messageProperty,
        boolean tagsProperty,
        boolean fieldsProperty,
        Map<String, String> staticFields,
        Map<String, String> agentTags,
        String cluster,
        boolean id) {
    /** Falco's defaults. */
    public static final AlertShape DEFAULT =
            new AlertShape(false, true, false, true, true, Map.of(), Map.of(), "");

    /** One without ids. */
    public AlertShape(
            boolean isoTime,
            boolean outputProperty,
            boolean messageProperty,
            boolean tagsProperty,
            boolean fieldsProperty,
            Map<String, String> staticFields,
            Map<String, String> agentTags,
            String cluster) {
        this(
                isoTime,
                outputProperty,
                messageProperty,
                tagsProperty,
                fieldsProperty,
                staticFields,
                agentTags,
                cluster,
                false);
    }

    public AlertShape {
        staticFields = Map.copyOf(staticFields);
        agentTags = Map.copyOf(agentTags);
    }
}
