// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.process;

import dev.torimono.model.Text;
import dev.torimono.sensor.gate.SmallFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Opens the very file that a process executes, wherever it lies and whatever its path is now. One
 * thread.
 */
public final class ProgramFiles {
    private static final String FACTS = "unix:ctime,lastModifiedTime,isRegularFile";

    private final SmallFiles files = new SmallFiles();

    /**
     * One that was opened.
     *
     * @param fd stands for the file, and nothing was read of it
     */
    public record Opened(int fd, long ctimeNs, long mtimeNs, long size) {
        /** Its content from the start. */
        public InputStream content() throws IOException {
            return Files.newInputStream(at(fd));
        }
    }

    /**
     * Opens the program of a process; where that has become another one or has ended, what lies at
     * its path as it or its parent sees it.
     *
     * @param fits whether it is the file that is meant
     * @return the first that fits, else what the process executes now; null when there is neither
     */
    public @Nullable Opened program(long pid, long parent, Text path, Predicate<Opened> fits) {
        Opened own = opened(files.open("/proc/" + pid + "/exe", SmallFiles.O_PATH));
        if (own != null && fits.test(own)) {
            return own;
        }
        for (long who : new long[] {pid, parent}) {
            Opened there = inside(who, path);
            if (there != null && fits.test(there)) {
                if (own != null) {
                    close(own);
                }
                return there;
            }
            if (there != null) {
                close(there);
            }
        }
        return own;
    }

    private @Nullable Opened inside(long who, Text path) {
        int root = who > 0 ? files.open("/proc/" + who + "/root", SmallFiles.O_PATH) : -1;
        if (root < 0) {
            return null;
        }
        try {
            String name = new String(path.array(), StandardCharsets.ISO_8859_1);
            return opened(files.openInside(root, name));
        } finally {
            files.close(root);
        }
    }

    public void close(Opened opened) {
        files.close(opened.fd());
    }

    private @Nullable Opened opened(int fd) {
        if (fd < 0) {
            return null;
        }
        try {
            Map<String, Object> facts = Files.readAttributes(at(fd), FACTS);
            if (Boolean.TRUE.equals(facts.get("isRegularFile"))) {
                return new Opened(
                        fd,
                        ns((FileTime) facts.get("ctime")),
                        ns((FileTime) facts.get("lastModifiedTime")),
                        Files.size(at(fd)));
            }
        } catch (IOException gone) {
            // As good as none.
        }
        files.close(fd);
        return null;
    }

    private static long ns(@Nullable FileTime time) {
        return time == null ? 0 : time.to(TimeUnit.NANOSECONDS);
    }

    private static Path at(int fd) {
        return Path.of("/proc/self/fd/" + fd);
    }
}
