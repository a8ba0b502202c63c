// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.seccomp;

import dev.torimono.sensor.SensorException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** The program that begins others under our eyes, for the machine we run on. */
public final class Launcher {
    private Launcher() {}

    /** Its bytes. */
    static InputStream open() {
        String machine = Machine.arch() == NotifiedCall.ARCH_ARM64 ? "aarch64" : "x86_64";
        InputStream in = Launcher.class.getResourceAsStream("launch-" + machine);
        if (in == null) {
            throw new SensorException(
                    SensorException.Reason.SECCOMP,
                    "launcher: none was built for " + machine + " (see the build's log)");
        }
        return in;
    }

    /**
     * Puts it where covered containers find it, whole or not at all.
     *
     * @param target its file
     * @throws IOException when it cannot be written there
     */
    public static void install(Path target) throws IOException {
        Path folder = target.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Path next = target.resolveSibling(target.getFileName() + ".next");
        try (InputStream in = open()) {
            Files.copy(in, next, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.move(next, target, StandardCopyOption.ATOMIC_MOVE);
    }
}
