// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.model;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A rule matched: a snapshot that outlives the observation.
 *
 * @param rule the rule's name
 * @param priority its priority
 * @param source its event source
 * @param tags its tags, sorted
 * @param timeNs time of the event, ns since the epoch
 * @param eventNumber Falco's evt.num
 * @param message the rule's output, formatted, without time and priority
 * @param outputFields every field of the output; values are String, Long, Double, Boolean, List or
 *     null for a missing field
 * @param grounds why it matched; null when nobody asked, or no rule found it
 */
public record Finding(
        String rule,
        Priority priority,
        String source,
        List<String> tags,
        long timeNs,
        long eventNumber,
        String message,
        Map<String, @Nullable Object> outputFields,
        @Nullable Grounds grounds) {
    public Finding {
        tags = List.copyOf(tags);
        outputFields = Collections.unmodifiableMap(new LinkedHashMap<>(outputFields));
    }

    /** One that does not say why. */
    public Finding(
            String rule,
            Priority priority,
            String source,
            List<String> tags,
            long timeNs,
            long eventNumber,
            String message,
            Map<String, @Nullable Object> outputFields) {
        this(rule, priority, source, tags, timeNs, eventNumber, message, outputFields, null);
    }

    /** What Torimono tells of itself; no event is behind it. */
    public static Finding internal(
            String rule,
            Priority priority,
            Instant time,
            String message,
            Map<String, @Nullable Object> fields) {
        return new Finding(
                rule, priority, "internal", List.of(), Epoch.ns(time), 0, message, fields);
    }
}
