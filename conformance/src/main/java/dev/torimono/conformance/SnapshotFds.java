// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.conformance;

import dev.torimono.model.Fd;
import dev.torimono.model.FdKind;
import dev.torimono.model.LocalAddresses;
import dev.torimono.model.Text;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The fds of a snapshot. */
final class SnapshotFds {
    private static final int MINOR_BITS = 20;

    private final Snapshot snapshot;

    SnapshotFds(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    Fd ofTable(long number, JsonNode node) {
        Fd fd = new Fd().clear(number).kind(FdKind.of(node.get("type").intValue()));
        name(fd, node.get("name").stringValue());
        if (node.has("openflags")) {
            fd.openFlags(node.get("openflags").intValue());
        }
        return fd;
    }

    private void name(Fd fd, String shown) {
        Text name = snapshot.bytes(shown);
        fd.name(name.array(), 0, name.length());
    }

    /** The fd of the event, from the table or, when it is closed by now, from its fields alone. */
    @Nullable Fd ofEvent(Map<Long, Fd> table) {
        if (!snapshot.has("fd.num")) {
            return null;
        }
        long number = snapshot.number("fd.num", -1);
        Fd fd = new Fd().clear(number);
        if (!snapshot.has("fd.type")) {
            return fd;
        }
        Fd listed = table.get(number);
        if (listed == null) {
            fd.kind(kind());
        } else {
            fd.copyOf(listed);
            table.put(number, fd);
        }
        name(fd, snapshot.text("fd.name", ""));
        fd.rawName(snapshot.bytes(snapshot.text("fd.nameraw", "")));
        fd.connected(snapshot.bool("fd.connected"));
        fd.l4proto(protocol(snapshot.text("fd.l4proto", "")));
        int device =
                (int)
                        (snapshot.number("fd.dev.major", 0) << MINOR_BITS
                                | snapshot.number("fd.dev.minor", 0));
        fd.inode(snapshot.number("fd.ino", 0), device);
        fd.facts(
                (snapshot.bool("fd.is_upper_layer") ? Fd.UPPER_LAYER : 0)
                        | (snapshot.bool("fd.is_lower_layer") ? Fd.LOWER_LAYER : 0)
                        | (snapshot.bool("fd.name_changed") ? Fd.NAME_CHANGED : 0));
        ends(fd);
        if (fd.kind() == FdKind.UNIX_SOCK && snapshot.has("fd.cproto")) {
            fd.role(Fd.Role.CLIENT);
        }
        return fd;
    }

    private static int protocol(String name) {
        return switch (name) {
            case "tcp" -> 2;
            case "udp" -> 3;
            case "icmp" -> 4;
            case "raw" -> 5;
            default -> 0;
        };
    }

    private FdKind kind() {
        String name = snapshot.text("fd.type", "");
        boolean listening = !snapshot.has("fd.cip") && snapshot.has("fd.sip");
        if (name.equals("file")) {
            return FdKind.FILE_V2;
        }
        if (listening) {
            return name.equals("ipv4") ? FdKind.IPV4_SERVSOCK : FdKind.IPV6_SERVSOCK;
        }
        for (FdKind kind : FdKind.values()) {
            if (name.equals(kind.typeName())) {
                return kind;
            }
        }
        return FdKind.UNSUPPORTED;
    }

    private void ends(Fd fd) {
        if (fd.kind().isInet()) {
            int width = fd.kind().isIpv4() ? 4 : 16;
            fd.tuple(
                    address("fd.cip", width),
                    (int) snapshot.number("fd.cport", 0),
                    address("fd.sip", width),
                    (int) snapshot.number("fd.sport", 0));
        }
    }

    private byte[] address(String field, int width) {
        String shown = snapshot.text(field, "");
        return shown.isEmpty() ? new byte[width] : parse(shown);
    }

    private static byte[] parse(String address) {
        try {
            return InetAddress.getByName(address).getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(address, e);
        }
    }

    /** Addresses that the snapshot shows to be the machine's own. */
    LocalAddresses addresses() {
        Set<Text> local = new HashSet<>();
        String near = snapshot.text("fd.lip", "");
        if (!near.isEmpty() && near.equals(snapshot.text("fd.cip", ""))) {
            local.add(Text.wrap(parse(near)));
        }
        if (snapshot.bool("fd.is_server")) {
            String server = snapshot.text("fd.sip", "");
            int width = snapshot.text("fd.type", "").equals("ipv4") ? 4 : 16;
            local.add(
                    server.isEmpty()
                            ? Text.of(new byte[width], 0, width)
                            : Text.wrap(parse(server)));
        }
        return (address, width) -> local.contains(Text.of(address, 0, width));
    }
}
