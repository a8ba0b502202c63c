// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.seccomp;

import dev.torimono.model.HeldFile;
import dev.torimono.model.Text;
import dev.torimono.sensor.gate.SmallFiles;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a path means to a task, found in the task's own view of files: links are followed and dots
 * resolved as the kernel will, should nothing change meanwhile. Texts are bytes, one a character.
 * One thread.
 */
final class PathFinder {
    private static final int MOST_LINKS = 16;
    private static final int S_IFLNK = 0120000;
    private static final int AT_FDCWD = -100;
    private static final int O_NOFOLLOW = OpenBits.HERE.noFollow();
    private static final Pattern MAGIC =
            Pattern.compile("^/proc/(\\d+(?:/task/\\d+)?/(?:root|cwd|exe|fd/\\d+))(/.*|$)");
    private static final Pattern OPEN_FILE =
            Pattern.compile("^/(?:proc/(self|thread-self|\\d+)/(exe|fd/\\d+)|dev/fd/(\\d+))$");

    private final SmallFiles files;
    private final FileLook look;
    private final String proc;
    private final Heads heads;

    /** Whether it is a program that is looked for. */
    private boolean program;

    /**
     * Where a path leads.
     *
     * @param path absolute, without links as far as they exist
     * @param file what is there; null when nothing is
     * @param head of a program that was asked for as one, its first bytes, one a character
     */
    record Found(Text path, @Nullable HeldFile file, String head) {
        Found(Text path, @Nullable HeldFile file) {
            this(path, file, "");
        }
    }

    PathFinder(SmallFiles files, FileLook look, String proc) {
        this.files = files;
        this.look = look;
        this.proc = proc;
        this.heads = new Heads(files);
    }

    /** Follows the path of what is to be executed, and looks into it. */
    Found program(long tid, int dirfd, Text given, boolean follow, long bornNs) {
        program = true;
        try {
            return find(tid, dirfd, given, follow, bornNs);
        } finally {
            program = false;
        }
    }

    /**
     * Follows a path.
     *
     * @param dirfd of the task; AT_FDCWD for its directory
     * @param follow whether a link at the end is followed
     * @param bornNs when the container began
     */
    Found find(long tid, int dirfd, Text given, boolean follow, long bornNs) {
        String open = openFile(tid, dirfd, given);
        if (!open.isEmpty()) {
            return open(open, tid, given, bornNs);
        }
        String path = absolute(tid, dirfd, given);
        if (path.isEmpty()) {
            return new Found(given, null);
        }
        int root = files.open(proc + tid + "/root", SmallFiles.O_PATH);
        if (root < 0) {
            return new Found(text(path), null);
        }
        try {
            return follow(tid, root, path, follow, bornNs);
        } finally {
            files.close(root);
        }
    }

    /** A file that the task has open and names by its fd, so that it may have no path at all. */
    private String openFile(long tid, int dirfd, Text given) {
        if (given.isEmpty() && dirfd >= 0) {
            return tid + "/fd/" + dirfd;
        }
        String asGiven = bytes(given);
        if (!asGiven.startsWith("/") || (!asGiven.contains("proc") && !asGiven.contains("dev"))) {
            return "";
        }
        Matcher fd = OPEN_FILE.matcher(plain(asGiven));
        if (!fd.matches()) {
            return "";
        }
        String of = fd.group(1);
        return (of == null || !Character.isDigit(of.charAt(0)) ? Long.toString(tid) : of)
                + "/"
                + (fd.group(2) == null ? "fd/" + fd.group(3) : fd.group(2));
    }

    private Found open(String link, long tid, Text given, long bornNs) {
        int fd = files.open(proc + link, SmallFiles.O_PATH);
        if (fd < 0) {
            return new Found(given, null);
        }
        int root = files.open(proc + tid + "/root", SmallFiles.O_PATH);
        try {
            HeldFile file = look.look(fd, root, bornNs);
            return new Found(file == null ? given : file.path(), file, head(fd, file));
        } finally {
            files.close(fd);
            if (root >= 0) {
                files.close(root);
            }
        }
    }

    private Found follow(long tid, int root, String from, boolean follow, long bornNs) {
        String path = from;
        for (int i = 0; i < MOST_LINKS; i++) {
            path = magic(tid, path);
            int fd = files.openInside(root, path, follow ? 0 : O_NOFOLLOW);
            if (fd >= 0) {
                return looked(fd, root, path, bornNs);
            }
            // Nothing there yet: perhaps a link to nothing, through which it will be made.
            String link = follow ? link(root, path) : "";
            if (link.isEmpty()) {
                return new Found(inFolder(root, path), null);
            }
            path = link.startsWith("/") ? link : folder(path) + "/" + link;
        }
        return new Found(text(path), null);
    }

    private Found looked(int fd, int root, String path, long bornNs) {
        try {
            HeldFile file = look.look(fd, root, bornNs);
            return new Found(file == null ? text(path) : file.path(), file, head(fd, file));
        } finally {
            files.close(fd);
        }
    }

    /** What the link at the end of a path says; empty when there is none. */
    private String link(int root, String path) {
        int fd = files.openInside(root, path, O_NOFOLLOW);
        if (fd < 0) {
            return "";
        }
        try {
            HeldFile file = look.look(fd, root, 0);
            return file == null || FileLook.type(file.mode()) != S_IFLNK
                    ? ""
                    : bytes(files.linkOf(fd));
        } finally {
            files.close(fd);
        }
    }

    /** The folder as it really is, and the name in it. */
    private Text inFolder(int root, String path) {
        int fd = files.openInside(root, folder(path) + "/", 0);
        String name = path.substring(path.lastIndexOf('/') + 1);
        if (fd < 0) {
            return text(plain(path));
        }
        try {
            String real = bytes(files.pathOf(fd));
            return text(real.equals("/") ? real + name : real + "/" + name);
        } finally {
            files.close(fd);
        }
    }

    /**
     * Replaces what /proc means to the task itself, which would otherwise be read as ours: its own
     * entry, and the links of an entry that lead out of every folder.
     */
    private String magic(long tid, String path) {
        if (!path.contains("proc")) {
            return path;
        }
        String plain = plain(path);
        if (!plain.startsWith("/proc/")) {
            return path;
        }
        String at = plain.replaceFirst("^/proc/(self|thread-self)(?=/|$)", "/proc/" + tid);
        for (int i = 0; i < MOST_LINKS; i++) {
            Matcher link = MAGIC.matcher(at);
            if (!link.matches()) {
                return at;
            }
            String target = bytes(files.link(proc + link.group(1)));
            if (!target.startsWith("/")) {
                return at;
            }
            at = plain((target.equals("/") ? "" : target) + link.group(2));
            at = at.isEmpty() ? "/" : at;
        }
        return at;
    }

    private String head(int fd, @Nullable HeldFile file) {
        return program && file != null ? heads.of(fd, file) : "";
    }

    /** Made absolute by text only: dots and links stay. */
    Text absoluteText(long tid, int dirfd, Text given) {
        String path = absolute(tid, dirfd, given);
        return path.isEmpty() ? given : text(path);
    }

    /** A name as seen from the task's root; empty when its folder cannot be told. */
    private String absolute(long tid, int dirfd, Text given) {
        String name = bytes(given);
        if (name.startsWith("/")) {
            return name;
        }
        String from = dirfd == AT_FDCWD ? "/cwd" : "/fd/" + dirfd;
        String folder = bytes(files.link(proc + tid + from));
        if (!folder.startsWith("/")) {
            return "";
        }
        String root = bytes(files.link(proc + tid + "/root"));
        boolean changed = root.length() > 1 && folder.startsWith(root);
        String seen = changed ? folder.substring(root.length()) : folder;
        return name.isEmpty() ? seen : (seen.equals("/") ? "" : seen) + "/" + name;
    }

    private static String folder(String path) {
        int slash = path.lastIndexOf('/');
        return slash <= 0 ? "" : path.substring(0, slash);
    }

    /** Without empty parts and dots, by text. */
    static String plain(String path) {
        StringBuilder plain = new StringBuilder();
        for (String part : path.split("/")) {
            if (part.equals("..")) {
                plain.setLength(Math.max(0, plain.lastIndexOf("/")));
            } else if (!part.isEmpty() && !part.equals(".")) {
                plain.append('/').append(part);
            }
        }
        return plain.isEmpty() ? "/" : plain.toString();
    }

    private static Text text(String bytes) {
        return Text.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String bytes(Text text) {
        return new String(text.array(), StandardCharsets.ISO_8859_1);
    }
}
