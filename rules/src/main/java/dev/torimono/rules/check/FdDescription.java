// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.check;

import dev.torimono.model.EventType;
import dev.torimono.model.Fd;
import dev.torimono.model.FdKind;
import dev.torimono.model.FlagSet;
import dev.torimono.model.Text;
import dev.torimono.rules.read.YamlNode;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;

/** Makes an open file, directory or connection from its description. */
final class FdDescription {
    private static final Set<String> KEYS =
            Set.of(
                    "type",
                    "name",
                    "rawname",
                    "flags",
                    "l4",
                    "role",
                    "client",
                    "server",
                    "ino",
                    "dev",
                    "is_upper_layer",
                    "is_lower_layer",
                    "is_memfd",
                    "is_deleted");
    private static final EventType OPENAT = EventType.symbol("SYSCALL_OPENAT_2_X");

    private FdDescription() {}

    static Fd of(YamlNode node, long number) {
        Described described = Described.of(node, "an fd", KEYS);
        Fd fd = new Fd().clear(number);
        FdKind kind = kind(described);
        fd.kind(kind)
                .openFlags(
                        (int)
                                Flags.bits(
                                        described.text("flags", ""),
                                        openFlags(),
                                        described.at("flags")));
        if (kind.isInet()) {
            connection(fd, described);
        } else {
            name(fd, described.text("name", ""));
        }
        fd.rawName(Text.of(described.text("rawname", "")));
        fd.inode(described.number("ino", 1), (int) described.number("dev", 0));
        return fd.facts(facts(described));
    }

    /** A regular file just opened. */
    static Fd file(String path, long number, long openFlags) {
        Fd fd = new Fd().clear(number).kind(FdKind.FILE_V2).openFlags((int) openFlags);
        name(fd, path);
        return fd;
    }

    static FlagSet openFlags() {
        return Objects.requireNonNull(OPENAT.param(OPENAT.paramIndex("flags")).flags());
    }

    private static FdKind kind(Described described) {
        String type = described.text("type", "file");
        return switch (type) {
            case "file" -> FdKind.FILE_V2;
            case "ipv4" -> FdKind.IPV4_SOCK;
            case "ipv6" -> FdKind.IPV6_SOCK;
            default -> {
                for (FdKind kind : FdKind.values()) {
                    if (type.equals(kind.typeName())) {
                        yield kind;
                    }
                }
                throw Described.error("unknown fd type '" + type + "'", described.at("type"));
            }
        };
    }

    private static int facts(Described described) {
        return (described.flag("is_upper_layer") ? Fd.UPPER_LAYER : 0)
                | (described.flag("is_lower_layer") ? Fd.LOWER_LAYER : 0)
                | (described.flag("is_memfd") ? Fd.MEMFD : 0)
                | (described.flag("is_deleted") ? Fd.DELETED : 0);
    }

    private static void connection(Fd fd, Described described) {
        Endpoint client = Endpoint.parse(described.required("client"), described.at("client"));
        Endpoint server = Endpoint.parse(described.required("server"), described.at("server"));
        fd.tuple(client.address(), client.port(), server.address(), server.port());
        fd.l4proto(
                switch (described.text("l4", "tcp")) {
                    case "tcp" -> 2;
                    case "udp" -> 3;
                    case "icmp" -> 4;
                    case "raw" -> 5;
                    default -> throw Described.error("unknown protocol", described.at("l4"));
                });
        fd.role(
                switch (described.text("role", "client")) {
                    case "client" -> Fd.Role.CLIENT;
                    case "server" -> Fd.Role.SERVER;
                    default ->
                            throw Described.error("role is client or server", described.at("role"));
                });
        fd.connected(true);
        name(fd, described.text("name", client.text() + "->" + server.text()));
    }

    private static void name(Fd fd, String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        fd.name(bytes, 0, bytes.length);
    }
}
