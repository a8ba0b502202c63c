// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.fd;

import dev.torimono.model.Event;
import dev.torimono.model.Extension;
import dev.torimono.model.Fd;
import dev.torimono.model.FdKind;

/** Fills an fd from the bytes that the kernel sensor describes objects with. */
final class ObjectLayout {
    private static final Fd.Role[] ROLES = Fd.Role.values();

    /** Address families as SOCKTUPLE has them. */
    private static final int UNIX = 1;

    private static final int INET = 2;
    private static final int INET6 = 10;

    /** In a unix tuple: family byte, two kernel addresses, then the path. */
    private static final int UNIX_PATH = 17;

    private final SocketName names = new SocketName();

    /** From an object that starts at a byte of a parameter and is wholly inside it. */
    void fill(Fd fd, Event event, int param, int from) {
        int role = event.byteAt(param, from + 2);
        fd.kind(FdKind.of(event.byteAt(param, from))).l4proto(event.byteAt(param, from + 1));
        fd.role(role < ROLES.length ? ROLES[role] : Fd.Role.UNKNOWN);
        fd.openFlags(event.u32At(param, from + 4));
        fd.inode(event.u64At(param, from + 8), event.u32At(param, from + 16));
        fd.facts(event.u32At(param, from + 20));
        int name = from + Extension.OBJECT_HEADER_BYTES;
        if (fd.kind().isSocket()) {
            tuple(fd, event, param, name);
        } else {
            fd.name(event, param, name);
        }
    }

    /** From a SOCKTUPLE alone. */
    void socket(Fd fd, Event event, int param) {
        fd.kind(kind(event.byteAt(param, 0)));
        tuple(fd, event, param, 0);
    }

    private void tuple(Fd fd, Event event, int param, int from) {
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
