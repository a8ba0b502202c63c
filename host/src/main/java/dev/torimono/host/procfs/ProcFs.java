// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.procfs;

import dev.torimono.host.ProcFiles;
import dev.torimono.model.Text;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Reads a /proc tree. Tasks vanish while they are read, so absence is an answer here, not an error.
 * One owner thread: the buffer is shared.
 */
public final class ProcFs {
    private static final int MOST_BYTES = 16 * 1024;

    private final Path root;
    private final String folder;
    private final LongFunction<@Nullable Text> cgroups;
    private final ProcFiles files;
    private final byte[] bytes = new byte[MOST_BYTES];
    private int length;

    public ProcFs(Path root) {
        this(root, _ -> null, ProcFiles.JDK);
    }

    /**
     * The same where somebody else knows some cgroups better.
     *
     * @param cgroups path of a task's cgroup, or null
     * @param files reads what is small
     */
    public ProcFs(Path root, LongFunction<@Nullable Text> cgroups, ProcFiles files) {
        this.root = root;
        this.folder = root + "/";
        this.cgroups = cgroups;
        this.files = files;
    }

    public Path root() {
        return root;
    }

    public boolean exists(long tid) {
        return Files.exists(root.resolve(Long.toString(tid)));
    }

    /** Reads a file's first bytes into {@link #bytes()}; false when it cannot be read. */
    boolean read(long tid, String file) {
        int count = files.read(folder + tid + "/" + file, bytes);
        length = Math.max(count, 0);
        return count >= 0;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /** What was read last, as text. */
    String text() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    /** Target of a link such as {@code exe}; empty when it cannot be read. */
    public String link(long tid, String name) {
        return target(tid, name).toString();
    }

    /** The same as it is. */
    Text target(long tid, String name) {
        return files.link(folder + tid + "/" + name);
    }

    /** The number in {@code mnt:[4026531840]}; 0 unknown. */
    long namespace(long tid, String name) {
        String link = link(tid, "ns/" + name);
        int open = link.indexOf('[');
        int close = link.indexOf(']');
        return open >= 0 && close > open ? Numbers.of(link.substring(open + 1, close), 0) : 0;
    }

    /** Inode, device and times of the executable; empty when it cannot be looked at. */
    Map<String, Object> executable(long tid) {
        try {
            return Files.readAttributes(path(tid, "exe"), "unix:ino,dev,ctime,lastModifiedTime");
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException gone) {
            return Map.of();
        }
    }

    /** Ids of the processes there now, ascending. */
    public long[] pids() {
        return ids(root);
    }

    /** Ids of a process's threads, itself included, ascending. */
    public long[] threads(long pid) {
        return ids(path(pid, "task"));
    }

    private static long[] ids(Path directory) {
        long[] found = new long[64];
        int count = 0;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, "[0-9]*")) {
            for (Path entry : entries) {
                long id = Numbers.of(entry.getFileName().toString(), -1);
                if (id > 0) {
                    found = count == found.length ? Arrays.copyOf(found, count * 2) : found;
                    found[count++] = id;
                }
            }
        } catch (IOException | java.nio.file.DirectoryIteratorException gone) {
            return new long[0];
        }
        long[] ids = Arrays.copyOf(found, count);
        Arrays.sort(ids);
        return ids;
    }

    /** The cgroup path of a task that tells its container best; empty when it cannot be read. */
    public Text cgroup(long tid) {
        Text known = cgroups.apply(tid);
        if (known != null) {
            return known;
        }
        return read(tid, "cgroup") ? Text.of(CgroupFile.choose(text())) : Text.EMPTY;
    }

    Path path(long tid, String file) {
        return root.resolve(Long.toString(tid)).resolve(file);
    }
}
