// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.fd;

import dev.torimono.host.HostCounter;
import dev.torimono.host.HostCounters;
import dev.torimono.model.Event;
import dev.torimono.model.EventType;
import dev.torimono.model.Extension;
import dev.torimono.model.Fd;
import dev.torimono.model.FdKind;
import dev.torimono.model.Observation;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what an event's fd refers to: the OBJECT extension that the kernel resolved, else what the
 * schema's own parameters tell. Refills one instance; one owner thread.
 */
public final class ObjectReader {
    private static final Set<String> OPENS = Set.of("open", "openat", "openat2", "creat");

    /** Their file is told by the kernel alone: it lies behind the memory, and no fd leads to it. */
    private static final EventType MPROTECT = EventType.symbol("SYSCALL_MPROTECT_X");

    private final HostCounters counters;
    private final boolean[] opens = new boolean[EventType.count()];
    private final Fd fd = new Fd();
    private final ObjectLayout layout = new ObjectLayout();

    public ObjectReader(HostCounters counters) {
        this.counters = counters;
        for (EventType type : EventType.all()) {
            opens[type.code()] = type.isExit() && OPENS.contains(type.name());
        }
    }

    /** The object of the event's fd; null when the event is about none. */
    public @Nullable Fd fd(Event event) {
        long number = number(event);
        int object = event.extension(Extension.OBJECT);
        boolean resolved = event.length(object) >= Extension.OBJECT_HEADER_BYTES;
        boolean behindMemory = resolved && event.type() == MPROTECT;
        if (number < 0 && !behindMemory) {
            return null;
        }
        fd.clear(behindMemory ? Fd.NO_NUMBER : number);
        if (resolved) {
            layout.fill(fd, event, object, 0);
        } else {
            if (event.length(object) > 0) {
                counters.increment(HostCounter.EXTENSIONS_MALFORMED);
            }
            schema(event);
        }
        return fd;
    }

    /** Points the observation at the resolved path of an event that has one but no open fd. */
    public void path(Event event, Observation observation) {
        int object = event.extension(Extension.OBJECT);
        if (event.length(object) <= Extension.OBJECT_HEADER_BYTES) {
            return;
        }
        FdKind kind = FdKind.of(event.byteAt(object, 0));
        if (!kind.isSocket()) {
            observation.pathAt(object, Extension.OBJECT_HEADER_BYTES);
        }
    }

    /**
     * Gives the file of an open the name that it has besides in the process's own tree, where the
     * kernel told one: it was opened through a mount.
     *
     * @return whether there was one
     */
    public boolean otherName(Event event, @Nullable Fd of) {
        if (of == null || !opens[event.type().code()]) {
            return false;
        }
        int detail = event.extension(Extension.DETAIL);
        boolean told = event.length(detail) > 1;
        if (told) {
            of.name(event, detail, 0);
        }
        return told;
    }

    private static long number(Event event) {
        EventType type = event.type();
        int param = FdParam.of(type);
        long number = event.has(param) ? event.number(param) : -1;
        int fallback = FdParam.fallback(type);
        return number < 0 && event.has(fallback) ? event.number(fallback) : number;
    }

    private void schema(Event event) {
        int tuple = FdParam.tuple(event.type());
        if (event.has(tuple)) {
            layout.socket(fd, event, tuple);
        }
    }
}
