// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.snapshot;

import dev.torimono.model.Fd;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Flags and inode of an open fd, from /proc/PID/fdinfo/N ({@code ino} since Linux 5.14). */
final class FdInfo {
    /** Linux's bits, each with the portable one. */
    private static final int[][] FLAGS = {
        {0x400, 0x8}, // O_APPEND
        {0x800, 0x40}, // O_NONBLOCK
        {0x1000, 0x10}, // O_DSYNC
        {0x100000, 0x80}, // O_SYNC
        {0x80000, 0x1000}, // O_CLOEXEC
    };

    /** O_DIRECT, O_DIRECTORY and O_LARGEFILE are others on arm64. */
    private static final int[][] OF_X86 = {{0x4000, 0x200}, {0x10000, 0x400}, {0x8000, 0x800}};

    private static final int[][] OF_ARM = {{0x10000, 0x200}, {0x4000, 0x400}, {0x20000, 0x800}};

    private static final boolean IS_ARM = System.getProperty("os.arch", "").equals("aarch64");

    private FdInfo() {}

    static void read(Path file, Fd fd) {
        String text;
        try {
            text = Files.readString(file, StandardCharsets.US_ASCII);
        } catch (IOException gone) {
            return;
        }
        for (String line : text.split("\n")) {
            if (line.startsWith("flags:")) {
                fd.openFlags(portable((int) number(line, 8), IS_ARM));
            } else if (line.startsWith("ino:") && fd.inode() == 0) {
                fd.inode(number(line, 10), fd.device());
            }
        }
    }

    private static long number(String line, int radix) {
        try {
            return Long.parseLong(line.substring(line.indexOf(':') + 1).strip(), radix);
        } catch (NumberFormatException e) {
            return 0; // another kernel's way to write it
        }
    }

    /** Read only is 1, write only 2, both 3. */
    static int portable(int flags, boolean arm) {
        int access = (flags & 3) == 3 ? 0 : (flags & 3) + 1;
        return access | among(FLAGS, flags) | among(arm ? OF_ARM : OF_X86, flags);
    }

    private static int among(int[][] known, int flags) {
        int portable = 0;
        for (int[] flag : known) {
            portable |= (flags & flag[0]) != 0 ? flag[1] : 0;
        }
        return portable;
    }
}
