// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.enforce;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Who opened a file for writing last, as far as it was seen; the oldest are forgotten. One thread.
 */
final class Writers {
    private static final int REMEMBERED = 16_384;

    /** A file of any file system. */
    private record FileId(int device, long inode) {}

    /**
     * Who wrote.
     *
     * @param program path of its program
     * @param commandLine its command line
     * @param pid its process id
     * @param startNs its start, ns since boot
     */
    record Writer(String program, String commandLine, long pid, long startNs) {
        static final Writer UNSEEN = new Writer("", "", 0, 0);
    }

    private final Map<FileId, Writer> writers =
            new LinkedHashMap<>(256, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<FileId, Writer> eldest) {
                    return size() > REMEMBERED;
                }
            };

    void wrote(int device, long inode, Writer who) {
        writers.put(new FileId(device, inode), who);
    }

    Writer of(int device, long inode) {
        return writers.getOrDefault(new FileId(device, inode), Writer.UNSEEN);
    }
}
