// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import dev.torimono.model.Demand;
import dev.torimono.model.Interest;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks up the files of the host that rules name, again and again, so that the kernel holds their
 * names in memory: of a file that is opened by a hard link it tells the other names that are there.
 * On a thread of its own, as a file system may let it wait.
 */
final class NameLookup implements AutoCloseable {
    /** Where the host's files are, whatever this process sees as its own root. */
    static final Path HOST = Path.of("/proc/1/root");

    private static final long AGAIN_NS = 60_000_000_000L;
    private static final int MOST_NAMES = 4096;

    private final Path root;
    private final Thread thread = Thread.ofPlatform().daemon().name("names").unstarted(this::run);
    private volatile Set<String> paths = Set.of();
    private volatile Set<String> directories = Set.of();
    private volatile boolean closed;
    private boolean started;

    NameLookup(Path root) {
        this.root = root;
    }

    /** What rules name from now on is looked up soon; the subscribing thread. */
    void want(Demand demand) {
        Set<String> exact = new LinkedHashSet<>();
        Set<String> folders = new LinkedHashSet<>();
        for (Interest interest : demand.interests()) {
            Interest.Paths wanted = interest.paths();
            if (wanted != null) {
                exact.addAll(wanted.exact());
                folders.addAll(wanted.directories());
            }
        }
        paths = exact;
        directories = folders;
        if (!started && !(exact.isEmpty() && folders.isEmpty())) {
            started = true;
            thread.start();
        }
        LockSupport.unpark(thread);
    }

    private void run() {
        while (!closed) {
            look();
            LockSupport.parkNanos(AGAIN_NS);
        }
    }

    /** Returns how many of the names are there. */
    int look() {
        int found = 0;
        for (String path : paths) {
            if (path.startsWith("/") && found < MOST_NAMES && isThere(path)) {
                found++;
            }
        }
        for (String folder : directories) {
            found += folder.startsWith("/") ? inside(folder, MOST_NAMES - found) : 0;
        }
        return found;
    }

    private boolean isThere(String path) {
        try {
            return isThere(root.resolve(path.substring(1)));
        } catch (InvalidPathException e) {
            // A rule may compare with what no file can be called.
            return false;
        }
    }

    private static boolean isThere(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    private int inside(String folder, int most) {
        int found = 0;
        try {
            Path at = root.resolve(folder.substring(1));
            if (!Files.readAttributes(at, BasicFileAttributes.class).isDirectory()) {
                return 0;
            }
            try (DirectoryStream<Path> all = Files.newDirectoryStream(at)) {
                for (Path each : all) {
                    if (found >= most) {
                        break;
                    }
                    found += isThere(each) ? 1 : 0;
                }
            }
        } catch (IOException | InvalidPathException | java.nio.file.DirectoryIteratorException e) {
            // Most folders that rules name are not on every machine.
            return found;
        }
        return found;
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
