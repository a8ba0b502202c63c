// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.control;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What was asked and what came of it, a line each, on the disk before anything is done. Any thread.
 */
final class Audit {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final Path path;

    Audit(Path path) {
        this.path = path;
    }

    /** Notes a request before it is carried out. */
    void asked(String id, String who, Request request) throws IOException {
        ObjectNode line = line(id, who, "asked");
        line.put("command", request.command());
        line.put("target", request.target());
        line.put("container", request.container());
        line.put("reason", request.reason());
        line.put("dry_run", request.dryRun());
        write(line);
    }

    /** Notes what came of it. */
    void ended(String id, String who, Answer answer) throws IOException {
        ObjectNode line = line(id, who, "ended");
        line.put("status", answer.status());
        line.put("message", answer.message());
        answer.facts().forEach(line::put);
        write(line);
    }

    private static ObjectNode line(String id, String who, String what) {
        ObjectNode line = MAPPER.createObjectNode();
        line.put("time", Instant.now().toString());
        line.put("id", id);
        line.put("event", what);
        line.put("who", who);
        return line;
    }

    private synchronized void write(ObjectNode line) throws IOException {
        Path parent = path.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        byte[] bytes = (MAPPER.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8);
        try (FileChannel channel =
                FileChannel.open(
                        path,
                        Set.of(
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE,
                                StandardOpenOption.APPEND),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")))) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                int _ = channel.write(buffer);
            }
            channel.force(false);
        }
    }
}
