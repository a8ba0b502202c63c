// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.triage;

import dev.torimono.collector.event.EventCodec;
import dev.torimono.collector.event.Triage;
import dev.torimono.collector.store.StoredEvent;
import dev.torimono.collector.triage.Mutes.Mute;
import tools.jackson.databind.node.ObjectNode;

/** What is made of an event before it is kept. Any thread. */
public final class Arrivals {
    private final Mutes mutes;
    private final Incidents incidents;

    public Arrivals(Mutes mutes, Incidents incidents) {
        this.mutes = mutes;
        this.incidents = incidents;
    }

    /** As it is to be kept. */
    public StoredEvent of(ObjectNode event) {
        StoredEvent arrived = mutes.isIdle() ? null : EventCodec.stored(event);
        Mute mute = arrived == null ? null : mutes.hiding(arrived);
        if (arrived != null && mute != null) {
            Triage.Author author = new Triage.Author(mute.author(), mute.createdMs());
            return Triage.muted(arrived.body(), mute.id(), author, mute.reason());
        }
        incidents.assign(event);
        return EventCodec.stored(event);
    }

    /** Whether nobody is to be told of it. */
    public static boolean isQuiet(StoredEvent event) {
        return event.values(Triage.STATUS).contains(Triage.MUTED);
    }
}
