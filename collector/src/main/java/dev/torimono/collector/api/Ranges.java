// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.api;

import dev.torimono.collector.event.Triage;
import dev.torimono.collector.query.Filter;
import dev.torimono.collector.query.FilterParser;
import dev.torimono.collector.store.EventRange;
import dev.torimono.collector.web.ApiException;
import dev.torimono.collector.web.Call;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Which events a call means: those of a time that a filter finds. */
final class Ranges {
    private static final Filter NOT_MUTED =
            new Filter.Not(new Filter.In(Triage.STATUS, List.of(Triage.MUTED)));

    private Ranges() {}

    static EventRange of(Call call) {
        return of(
                call.query("from", 0, 0, Long.MAX_VALUE),
                call.query("to", Long.MAX_VALUE, 0, Long.MAX_VALUE),
                call.query("filter", ""));
    }

    /** The same, asked for by a body. */
    static EventRange of(ObjectNode given) {
        return of(
                bound(given, "from", 0),
                bound(given, "to", Long.MAX_VALUE),
                given.path("filter").asString(""));
    }

    private static long bound(ObjectNode given, String name, long fallback) {
        JsonNode bound = given.path(name);
        if (bound.isMissingNode() || bound.isNull()) {
            return fallback;
        }
        if (!bound.isIntegralNumber() || bound.asLong(-1) < 0) {
            throw ApiException.invalid(name + ": must be ns since the epoch");
        }
        return bound.asLong();
    }

    private static EventRange of(long fromNs, long toNs, String text) {
        if (fromNs > toNs) {
            throw ApiException.badRequest("from: is after to");
        }
        return new EventRange(fromNs, toNs, shown(FilterParser.parse(text)));
    }

    /** What a mute hid is found by whoever asks for it, and by nobody else. */
    static Filter shown(Filter filter) {
        return Filter.asks(filter, Triage.STATUS) || Filter.asks(filter, Triage.MUTE)
                ? filter
                : new Filter.And(List.of(filter, NOT_MUTED));
    }
}
