// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.check;

import dev.torimono.model.EventBuilder;
import dev.torimono.model.EventType;
import dev.torimono.model.FlagSet;
import dev.torimono.model.Param;
import dev.torimono.rules.read.YamlNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Writes one described parameter into an event, in the form of its type. */
final class ParamValue {
    private static final Map<String, Long> ERRNO =
            Map.of(
                    "SUCCESS",
                    0L,
                    "EPERM",
                    -1L,
                    "ENOENT",
                    -2L,
                    "EINTR",
                    -4L,
                    "EAGAIN",
                    -11L,
                    "EACCES",
                    -13L,
                    "EEXIST",
                    -17L,
                    "ENOTDIR",
                    -20L,
                    "EINVAL",
                    -22L,
                    "EINPROGRESS",
                    -115L);
    private static final long AT_FDCWD = -100;

    private ParamValue() {}

    static void write(EventBuilder event, EventType type, String name, YamlNode node) {
        Param param = type.param(type.paramIndex(name));
        switch (param.type()) {
            case CHARBUF, FSPATH, FSRELPATH -> event.text(name, Described.text(node));
            case BYTEBUF -> bytes(event, name, node);
            case CHARBUFARRAY -> event.texts(name, texts(node));
            case SOCKTUPLE -> event.bytes(name, tuple(node));
            case SOCKADDR -> event.bytes(name, address(node));
            case IPV4ADDR, IPV6ADDR ->
                    event.bytes(
                            name, Endpoint.parse(Described.text(node) + ":0", node.at()).address());
            case CHARBUF_PAIR_ARRAY, FDLIST, DYN, SIGSET ->
                    throw Described.error(
                            "parameter '" + name + "' cannot be described", node.at());
            case INT8,
                    INT16,
                    INT32,
                    INT64,
                    UINT8,
                    UINT16,
                    UINT32,
                    UINT64,
                    FLAGS8,
                    FLAGS16,
                    FLAGS32,
                    ENUMFLAGS8,
                    ENUMFLAGS16,
                    ENUMFLAGS32,
                    MODE,
                    UID,
                    GID,
                    PORT,
                    SIGTYPE,
                    SYSCALLID,
                    ERRNO,
                    FD,
                    PID,
                    FD32,
                    PID32,
                    RELTIME,
                    ABSTIME ->
                    event.number(name, number(param, node));
        }
    }

    private static void bytes(EventBuilder event, String name, YamlNode node) {
        if (node instanceof YamlNode.Sequence) {
            event.texts(name, texts(node));
        } else {
            event.bytes(name, Described.text(node).getBytes(StandardCharsets.UTF_8));
        }
    }

    private static java.util.List<String> texts(YamlNode node) {
        return Described.list(node).stream().map(Described::text).toList();
    }

    private static long number(Param param, YamlNode node) {
        String text = Described.text(node);
        Long errno = ERRNO.get(text);
        if (errno != null) {
            return errno;
        }
        if (text.equals("AT_FDCWD")) {
            return AT_FDCWD;
        }
        FlagSet flags = param.flags();
        if (flags != null) {
            return Flags.bits(text, flags, node.at());
        }
        try {
            return Long.decode(text);
        } catch (NumberFormatException e) {
            throw Described.error("parameter '" + param.name() + "' must be a number", node.at());
        }
    }

    /** {@code client->server}, or the path of a unix socket. */
    private static byte[] tuple(YamlNode node) {
        String text = Described.text(node);
        int arrow = text.indexOf("->");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (arrow < 0) {
            out.write(1);
            out.writeBytes(new byte[16]);
            out.writeBytes((text + '\0').getBytes(StandardCharsets.UTF_8));
        } else {
            Endpoint client = Endpoint.parse(text.substring(0, arrow), node.at());
            out.write(client.family());
            write(out, client);
            write(out, Endpoint.parse(text.substring(arrow + 2), node.at()));
        }
        return out.toByteArray();
    }

    private static byte[] address(YamlNode node) {
        String text = Described.text(node);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (text.startsWith("/")) {
            out.write(1);
            out.writeBytes((text + '\0').getBytes(StandardCharsets.UTF_8));
        } else {
            Endpoint end = Endpoint.parse(text, node.at());
            out.write(end.family());
            write(out, end);
        }
        return out.toByteArray();
    }

    private static void write(ByteArrayOutputStream out, Endpoint end) {
        out.writeBytes(end.address());
        out.write(end.port() & 0xFF);
        out.write(end.port() >> 8);
    }
}
