// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.capture;

import dev.torimono.model.Event;
import dev.torimono.model.EventType;
import dev.torimono.model.EventType.Trait;
import dev.torimono.model.Fd;
import dev.torimono.model.FdKind;
import dev.torimono.model.ParamType;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * The event under way, with the task it came from and the fd it concerns. Effects change both; what
 * stands here in the end is what gets observed.
 */
final class Occurrence {
    private static final int EXECVE_EXIT = EventType.symbol("SYSCALL_EXECVE_19_X").code();
    private static final int EXECVEAT_ENTER = EventType.symbol("SYSCALL_EXECVEAT_E").code();

    private static final int L4_NOT_APPLICABLE = 1;
    private static final int L4_RAW = 5;

    /** Per type, the parameter that is its fd; -1 when it uses none. */
    private static final byte[] FD_PARAMS = fdParams();

    /** Per type, whether it makes, uses or closes an fd. */
    private static final boolean[] CONCERNS_FD = concernsFd();

    private final Event enterEvent = new Event();
    private final Fd unknownFd = new Fd(0);
    private final Fd shown = new Fd();
    private Event event = enterEvent;
    private @Nullable CapturedTask origin;
    private @Nullable CapturedTask task;
    private @Nullable Fd fd;
    private @Nullable Fd named;
    private boolean followsEnter;

    /** Takes back what held for the last event only. */
    void end() {
        CapturedTask before = origin;
        if (before != null && before.enterRecord() != null && event.type().isExit()) {
            before.enterRecord(null);
        }
        Fd renamed = named;
        if (renamed != null) {
            renamed.facts(renamed.facts() & ~Fd.NAME_CHANGED);
            named = null;
        }
    }

    void forget() {
        origin = null;
        named = null;
    }

    /** Begins with the task as it was before. */
    void begin(Event next, @Nullable CapturedTask of) {
        event = next;
        origin = of;
        task = of;
        fd = null;
        followsEnter = false;
        if (of != null) {
            if (next.type().isExit()) {
                beginExit(next, of);
            } else {
                beginEnter(next, of);
            }
        }
    }

    private void beginEnter(Event next, CapturedTask of) {
        of.lastFd(-1);
        of.lastType(next.type().code());
        int param = FD_PARAMS[next.type().code()];
        if (param >= 0 && next.has(param)) {
            of.lastFd(next.number(param));
            fd = of.fd(of.lastFd());
        }
    }

    private void beginExit(Event next, CapturedTask of) {
        int code = next.type().code();
        followsEnter =
                code == of.lastType() + 1
                        || (code == EXECVE_EXIT && of.lastType() == EXECVEAT_ENTER);
        if (!followsEnter) {
            of.lastFd(-1);
        }
        int param = FD_PARAMS[code];
        if (param < 0) {
            return;
        }
        if (of.lastFd() == -1 && next.has(param)) {
            of.lastFd(next.number(param));
        }
        fd = of.fd(of.lastFd());
    }

    Event event() {
        return event;
    }

    @Nullable CapturedTask task() {
        return task;
    }

    void task(@Nullable CapturedTask value) {
        task = value;
    }

    @Nullable Fd fd() {
        return fd;
    }

    /**
     * The fd to observe: the one concerned, or the task's last one. Of an fd that is not known the
     * number is; null for events that concern none.
     */
    @Nullable Fd observedFd() {
        CapturedTask of = task;
        if (!CONCERNS_FD[event.type().code()] || of == null) {
            return null;
        }
        Fd known = fd == null ? of.fd(of.lastFd()) : fd;
        if (known == null) {
            return unknownFd.clear(of.lastFd());
        }
        boolean undirected =
                known.role() == Fd.Role.UNKNOWN
                        && known.l4proto() != L4_RAW
                        && (known.kind() == FdKind.IPV4_SOCK || known.kind() == FdKind.IPV6_SOCK);
        // The protocol of a connection shows once it is known which end this is.
        return undirected ? shown.copyOf(known).l4proto(L4_NOT_APPLICABLE) : known;
    }

    /** What the call returned. */
    long result() {
        return event.number(0);
    }

    /** Opens an fd of the task and makes it the one concerned; null when that is not possible. */
    @Nullable Fd open(long number) {
        CapturedTask of = task;
        FdMap map = of == null ? null : of.fds();
        if (of == null || map == null) {
            return null;
        }
        Fd opened = map.open(number);
        of.lastFd(number);
        fd = opened;
        return opened;
    }

    void fd(@Nullable Fd value) {
        fd = value;
    }

    /** The event gave this fd its name. */
    void named(Fd renamed) {
        renamed.facts(renamed.facts() | Fd.NAME_CHANGED);
        named = renamed;
    }

    /** Keeps this enter event for its exit event, which may lack what it tells. */
    void keepEnter() {
        CapturedTask of = task;
        if (of != null) {
            of.enterRecord(event.record());
        }
    }

    /** As {@link #keepEnter}, but an empty first parameter means that nothing was recorded. */
    void keepEnterUnlessEmpty() {
        if (event.has(0)) {
            keepEnter();
        }
    }

    /**
     * The enter event of an old capture that belongs to this exit event; null when there is none.
     * Valid until the next event.
     */
    @Nullable Event enter() {
        CapturedTask of = task;
        byte[] record = of == null ? null : of.enterRecord();
        if (record == null || !followsEnter) {
            return null;
        }
        if (enterEvent.wrap(MemorySegment.ofArray(record), 0, record.length, 0) != null) {
            return null;
        }
        int entered = enterEvent.type().code();
        int exited = event.type().code();
        boolean matches =
                entered == exited - 1 || (exited == EXECVE_EXIT && entered == EXECVEAT_ENTER);
        return matches ? enterEvent : null;
    }

    private static byte[] fdParams() {
        byte[] params = new byte[EventType.count()];
        for (EventType type : EventType.all()) {
            params[type.code()] = -1;
            // The first parameter of an exit event is its result, even where that is an fd.
            int first = type.isExit() ? 1 : 0;
            for (int i = type.paramCount() - 1; i >= first && type.has(Trait.USES_FD); i--) {
                if (type.param(i).type() == ParamType.FD) {
                    params[type.code()] = (byte) i;
                }
            }
        }
        return params;
    }

    private static boolean[] concernsFd() {
        boolean[] concerns = new boolean[EventType.count()];
        for (EventType type : EventType.all()) {
            concerns[type.code()] =
                    type.has(Trait.CREATES_FD)
                            || type.has(Trait.USES_FD)
                            || type.has(Trait.DESTROYS_FD);
        }
        return concerns;
    }
}
