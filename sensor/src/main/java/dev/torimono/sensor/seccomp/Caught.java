// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.seccomp;

import dev.torimono.model.EventBuilder;
import dev.torimono.model.EventType;
import dev.torimono.model.Extension;
import dev.torimono.model.Text;
import dev.torimono.sensor.gate.CallerFacts;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One call that waits: who calls, and how its record begins and ends. */
final class Caught {
    private final NotifiedCall call;
    private final Notification notification;
    private final Callers callers;
    private final Session session;
    private final long nowNs;
    private @Nullable CallerFacts who;

    /**
     * @param call which
     * @param notification its arguments
     * @param callers knows the calling process, and is asked only if need be
     * @param session by whose listener it came
     * @param nowNs ns since the epoch
     */
    Caught(
            NotifiedCall call,
            Notification notification,
            Callers callers,
            Session session,
            long nowNs) {
        this.call = call;
        this.notification = notification;
        this.callers = callers;
        this.session = session;
        this.nowNs = nowNs;
    }

    NotifiedCall call() {
        return call;
    }

    Notification notification() {
        return notification;
    }

    Session session() {
        return session;
    }

    long nowNs() {
        return nowNs;
    }

    /** The calling process, as it was when it was first asked for. */
    CallerFacts who() {
        CallerFacts known = who;
        if (known == null) {
            known = callers.of(tid(), session.tellsIds());
            who = known;
        }
        return known;
    }

    long tid() {
        return notification.tid();
    }

    int fd(int argument) {
        return (int) notification.argument(argument);
    }

    boolean is32Bit() {
        return NotifiedCall.is32Bit(notification.arch());
    }

    EventBuilder begin() {
        return new EventBuilder(call.type(), nowNs, tid());
    }

    /** The extension that says who it is; flags of {@link Extension}. */
    byte[] context(int flags) {
        CallerFacts by = who();
        ByteBuffer context = little(Extension.CONTEXT_BYTES);
        context.putInt((int) by.pid()).putInt(flags).putLong(by.startNs());
        context.putLong(session.cgroup()).putInt(0);
        return bytes(context.putInt((int) by.uid()));
    }

    /** The extension that says what it is about: nothing that is open, by its path only. */
    static byte[] path(Text path) {
        return object(0, 0, 0, 0, 0, path);
    }

    static byte[] object(int kind, int openFlags, long inode, int device, int facts, Text name) {
        byte[] text = terminated(name);
        ByteBuffer object = little(Extension.OBJECT_HEADER_BYTES + text.length);
        object.put((byte) kind).put((byte) 0).put((byte) 0).put((byte) 0).putInt(openFlags);
        object.putLong(inode).putInt(device).putInt(facts);
        return bytes(object.put(text));
    }

    static byte[] terminated(Text text) {
        return Arrays.copyOf(text.array(), text.length() + 1);
    }

    /** All that one of {@link #little} has. */
    @SuppressWarnings("ByteBufferBackingArray") // made by allocate, some lines above
    static byte[] bytes(ByteBuffer whole) {
        return whole.array();
    }

    static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    EventType type() {
        return call.type();
    }
}
