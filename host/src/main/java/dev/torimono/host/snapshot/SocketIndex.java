// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.snapshot;

import dev.torimono.host.fd.SocketLine;
import dev.torimono.model.Fd;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** All sockets of one network namespace by inode, read once. */
final class SocketIndex {
    private static final int MOST_SOCKETS = 100_000;

    private final Map<Long, SocketLine> byInode = new HashMap<>();
    private final Set<Integer> serverPorts = new HashSet<>();

    private SocketIndex() {}

    /** From a process's {@code net} directory. */
    static SocketIndex read(Path net) {
        SocketIndex index = new SocketIndex();
        for (SocketLine.Table table : SocketLine.Table.values()) {
            lines(net.resolve(table.file()), line -> index.add(table.parse(line)));
        }
        return index;
    }

    private void add(@org.jspecify.annotations.Nullable SocketLine socket) {
        if (socket != null && byInode.size() < MOST_SOCKETS) {
            byInode.put(socket.inode(), socket);
            if (socket.serves()) {
                serverPorts.add(socket.localPort());
            }
        }
    }

    /** Fills in kind, ends and name of a socket whose inode is known here. */
    void describe(Fd fd) {
        SocketLine socket = byInode.get(fd.inode());
        if (socket != null) {
            socket.describe(fd, serverPorts.contains(socket.localPort()));
        }
    }

    private static void lines(Path file, Consumer<String> each) {
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            reader.readLine(); // the heading
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                each.accept(line);
            }
        } catch (IOException absent) {
            return; // no IPv6, or the process is gone
        }
    }
}
