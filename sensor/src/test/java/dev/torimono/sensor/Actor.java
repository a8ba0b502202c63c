// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * The compiled {@code src/test/c/actor.c}, which performs the system calls that tests ask about.
 */
final class Actor {
    private static final Path BINARY = Path.of("target", "actor").toAbsolutePath();
    private static final Path SOURCE = Path.of("src", "test", "c", "actor.c");

    private Actor() {}

    /** Its path, compiled now if the source is newer. */
    static synchronized Path binary() throws IOException, InterruptedException {
        if (!Files.exists(BINARY)
                || Files.getLastModifiedTime(BINARY).compareTo(Files.getLastModifiedTime(SOURCE))
                        < 0) {
            Process clang =
                    new ProcessBuilder(
                                    "clang",
                                    "-O1",
                                    "-Wall",
                                    "-Wextra",
                                    "-Werror",
                                    "-o",
                                    BINARY.toString(),
                                    SOURCE.toString())
                            .inheritIO()
                            .start();
            if (!clang.waitFor(60, TimeUnit.SECONDS) || clang.exitValue() != 0) {
                throw new IOException("actor.c: does not compile");
            }
        }
        return BINARY;
    }
}
