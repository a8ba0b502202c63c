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
import org.jspecify.annotations.Nullable;

/**
 * Reads what an event's fd refers to: the OBJECT extension that the kernel resolved, else what the
 * schema's own parameters tell. Refills one instance; one owner thread.
 */
public final class ObjectReader {
    private static final Fd.Role[] ROLES = Fd.Role.values();

    /** Address families as SOCKTUPLE has them. */
    private static final int UNIX = 1;

    private static final int INET = 2;
    private static final int INET6 = 10;

    /** In a unix tuple: family byte, two kernel addresses, then the path. */
    private static final int UNIX_PATH = 17;

    private final HostCounters counters;
    private final Fd fd = new Fd();
    private final SocketName names = new SocketName();

    public ObjectReader(HostCounters counters) {
        this.counters = counters;
    }

    /** The object of the event's fd; null when the event is not about an open fd. */
    public @Nullable Fd fd(Event event) {
        long number = number(event);
        if (number < 0) {
            return null;
        }
        fd.clear(number);
        int object = event.extension(Extension.OBJECT);
        if (event.length(object) >= Extension.OBJECT_HEADER_BYTES) {
            object(event, object);
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

    private static long number(Event event) {
        EventType type = event.type();
        int param = FdParam.of(type);
        long number = event.has(param) ? event.number(param) : -1;
        int fallback = FdParam.fallback(type);
        return number < 0 && event.has(fallback) ? event.number(fallback) : number;
    }

    private void object(Event event, int param) {
        int role = event.byteAt(param, 2);
        fd.kind(FdKind.of(event.byteAt(param, 0))).l4proto(event.byteAt(param, 1));
        fd.role(role < ROLES.length ? ROLES[role] : Fd.Role.UNKNOWN);
        fd.openFlags(event.u32At(param, 4)).inode(event.u64At(param, 8), event.u32At(param, 16));
        fd.facts(event.u32At(param, 20));
        int from = Extension.OBJECT_HEADER_BYTES;
        if (fd.kind().isSocket()) {
            socket(event, param, from);
        } else {
            fd.name(event, param, from);
        }
    }

    private void schema(Event event) {
        int tuple = FdParam.tuple(event.type());
        if (event.has(tuple)) {
            fd.kind(kind(event.byteAt(tuple, 0)));
            socket(event, tuple, 0);
        }
    }

    private void socket(Event event, int param, int from) {
        if (fd.tuple(event, param, from)) {
            boolean ipv6 = event.byteAt(param, from) == INET6;
            boolean listening =
                    fd.kind() == FdKind.IPV4_SERVSOCK || fd.kind() == FdKind.IPV6_SERVSOCK;
            names.name(fd, ipv6, listening);
            fd.connected(!listening && fd.destinationPort() != 0);
        } else if (event.length(param) > from + UNIX_PATH && event.byteAt(param, from) == UNIX) {
            fd.name(event, param, from + UNIX_PATH);
        }
    }

    private static FdKind kind(int family) {
        return switch (family) {
            case UNIX -> FdKind.UNIX_SOCK;
            case INET -> FdKind.IPV4_SOCK;
            case INET6 -> FdKind.IPV6_SOCK;
            default -> FdKind.UNSUPPORTED;
        };
    }
}
