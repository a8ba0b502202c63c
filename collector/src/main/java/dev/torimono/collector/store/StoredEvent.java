// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.store;

import dev.torimono.collector.query.Filter;
import java.util.List;
import java.util.Map;

/**
 * An event as it is kept: its JSON, and what can be asked of it.
 *
 * @param id its name and place in time
 * @param revision 0 as it was told; more when something else was put in its place
 * @param attributes what filters and counts ask for
 * @param text what free text is searched in
 * @param body its JSON; not copied, read only
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record StoredEvent(
        EventId id, long revision, Map<String, List<String>> attributes, String text, byte[] body)
        implements Filter.Subject {
    public StoredEvent {
        attributes = Map.copyOf(attributes);
    }

    @Override
    public List<String> values(String attribute) {
        return attributes.getOrDefault(attribute, List.of());
    }
}
