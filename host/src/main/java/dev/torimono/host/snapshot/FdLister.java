// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.snapshot;

import dev.torimono.host.fd.FdLink;
import dev.torimono.model.Fd;
import dev.torimono.model.FdKind;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The open fds of processes, by their links and infos in /proc. Absence is an answer. */
final class FdLister {
    /** Room for a path that is not long; longer ones grow. */
    private static final int NAME_ROOM = 64;

    private final Path procRoot;
    private final Map<String, SocketIndex> socketsByNamespace = new HashMap<>();
    private int left;

    FdLister(Path procRoot, int most) {
        this.procRoot = procRoot;
        this.left = most;
    }

    List<Fd> list(long pid) {
        Path process = procRoot.resolve(Long.toString(pid));
        List<Fd> fds = new ArrayList<>();
        try (DirectoryStream<Path> links = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path link : links) {
                if (left == 0) {
                    return fds;
                }
                Fd fd = read(process, link);
                if (fd != null) {
                    fds.add(fd);
                    left--;
                }
            }
        } catch (IOException | DirectoryIteratorException gone) {
            return fds; // what was there before it ended
        }
        return fds;
    }

    private @org.jspecify.annotations.Nullable Fd read(Path process, Path link) {
        String number = link.getFileName().toString();
        Fd fd = new Fd(NAME_ROOM).clear(Long.parseLong(number));
        String target;
        try {
            target = Files.readSymbolicLink(link).toString();
        } catch (IOException gone) {
            return null;
        }
        FdLink.describe(fd, link, target);
        if (fd.kind() == FdKind.UNSUPPORTED && target.startsWith("socket:[")) {
            sockets(process).describe(fd);
        }
        FdInfo.read(process.resolve("fdinfo").resolve(number), fd);
        return fd;
    }

    private SocketIndex sockets(Path process) {
        String namespace;
        try {
            namespace = Files.readSymbolicLink(process.resolve("ns/net")).toString();
        } catch (IOException gone) {
            namespace = "";
        }
        return socketsByNamespace.computeIfAbsent(
                namespace, _ -> SocketIndex.read(process.resolve("net")));
    }
}
