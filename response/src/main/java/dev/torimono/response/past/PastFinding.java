// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.past;

import dev.torimono.model.Container;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A finding as an alert recorded it.
 *
 * @param id the alert's id
 * @param timeNs time of the event, ns since the epoch
 * @param rule the rule
 * @param tags its tags
 * @param container where it happened; null on the host
 * @param process command line of the process; empty when the alert tells none
 * @param fields the alert's output fields; null for a missing value
 * @param policies names of the policies that covered it
 * @param actions what was done, such as {@code process_killed done}
 */
public record PastFinding(
        String id,
        long timeNs,
        String rule,
        List<String> tags,
        @Nullable Container container,
        String process,
        Map<String, @Nullable Object> fields,
        List<String> policies,
        List<String> actions) {
    public PastFinding {
        tags = List.copyOf(tags);
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        policies = List.copyOf(policies);
        actions = List.copyOf(actions);
    }

    /** Where it happened, for people: the container's name with its image, or {@code host}. */
    public String place() {
        Container at = container;
        if (at == null) {
            return "host";
        }
        String name = at.name().isEmpty() ? at.id() : at.name();
        return at.image().isEmpty() ? name : name + " (" + at.image() + ")";
    }
}
