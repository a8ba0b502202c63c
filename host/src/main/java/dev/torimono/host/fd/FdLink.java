// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.fd;

import dev.torimono.model.Fd;
import dev.torimono.model.FdKind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads what the link of an open fd in /proc points to. */
public final class FdLink {
    private static final String DELETED = " (deleted)";

    private FdLink() {}

    /** Fills in what the link says; of a socket that is its inode alone. */
    public static void describe(Fd fd, Path link, String target) {
        if (target.startsWith("socket:[")) {
            fd.kind(FdKind.UNSUPPORTED).inode(inode(target), 0);
            name(fd, target);
        } else if (target.startsWith("pipe:[")) {
            fd.kind(FdKind.FIFO).inode(inode(target), 0);
            name(fd, target);
        } else if (target.startsWith("anon_inode:")) {
            fd.kind(anonymous(target));
            name(fd, target);
        } else if (target.startsWith("/memfd:")) {
            fd.kind(FdKind.MEMFD).facts(Fd.MEMFD);
            name(fd, plain(target));
        } else {
            fd.kind(Files.isDirectory(link) ? FdKind.DIRECTORY : FdKind.FILE_V2);
            fd.facts(target.endsWith(DELETED) ? Fd.DELETED : 0);
            name(fd, plain(target));
        }
    }

    private static FdKind anonymous(String target) {
        String name = target.substring(target.indexOf(':') + 1).replaceAll("[\\[\\]]", "");
        return switch (name) {
            case "eventfd" -> FdKind.EVENT;
            case "eventpoll" -> FdKind.EVENTPOLL;
            case "inotify" -> FdKind.INOTIFY;
            case "signalfd" -> FdKind.SIGNALFD;
            case "timerfd" -> FdKind.TIMERFD;
            case "io_uring" -> FdKind.IOURING;
            case "userfaultfd" -> FdKind.USERFAULTFD;
            case "pidfd" -> FdKind.PIDFD;
            default -> name.startsWith("bpf") ? FdKind.BPF : FdKind.UNSUPPORTED;
        };
    }

    private static String plain(String target) {
        return target.endsWith(DELETED)
                ? target.substring(0, target.length() - DELETED.length())
                : target;
    }

    private static long inode(String target) {
        int from = target.indexOf('[') + 1;
        try {
            return Long.parseLong(target.substring(from, target.length() - 1));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static void name(Fd fd, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        fd.name(bytes, 0, bytes.length);
    }
}
