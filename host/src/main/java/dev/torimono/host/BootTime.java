// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** When the machine booted: what turns the kernel's times since boot into dates. */
final class BootTime {
    private BootTime() {}

    /** From the uptime, which counts in hundredths of a second (btime only in whole ones). */
    static long read(Path procRoot) {
        try {
            String uptime = Files.readString(procRoot.resolve("uptime"));
            double seconds = Double.parseDouble(uptime.substring(0, uptime.indexOf(' ')));
            return System.currentTimeMillis() * 1_000_000 - (long) (seconds * 1e9);
        } catch (IOException e) {
            throw new UncheckedIOException("boot time: " + procRoot + "/uptime is unreadable", e);
        }
    }
}
