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

    public Arrivals(Mutes mutes) {
        this.mutes = mutes;
    }

    /** As it is to be kept. */
    public StoredEvent of(ObjectNode event) {
        StoredEvent arrived = EventCodec.stored(event);
        Mute mute = mutes.hiding(arrived);
        return mute == null
                ? arrived
                : Triage.muted(
                        arrived.body(),
                        mute.id(),
                        new Triage.Author(mute.author(), mute.createdMs()),
                        mute.reason());
    }

    /** Whether nobody is to be told of it. */
    public static boolean isQuiet(StoredEvent event) {
        return event.values(Triage.STATUS).contains(Triage.MUTED);
    }
}
