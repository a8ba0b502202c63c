// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The compiled {@code src/test/c}, which performs the system calls that tests ask about. */
final class Actor {
    private static final Path BINARY = Path.of("target", "actor").toAbsolutePath();
    private static final Path FOLDER = Path.of("src", "test", "c");

    private Actor() {}

    /** Its path, compiled now if the source is newer. */
    static synchronized Path binary() throws IOException, InterruptedException {
        List<Path> sources = sources();
        if (!Files.exists(BINARY) || isOlder(sources)) {
            List<String> words =
                    new ArrayList<>(List.of("clang", "-O1", "-Wall", "-Wextra", "-Werror"));
            words.addAll(List.of("-o", BINARY.toString()));
            sources.stream().map(Path::toString).filter(s -> s.endsWith(".c")).forEach(words::add);
            Process clang = new ProcessBuilder(words).inheritIO().start();
            if (!clang.waitFor(60, TimeUnit.SECONDS) || clang.exitValue() != 0) {
                throw new IOException(FOLDER + ": does not compile");
            }
        }
        return BINARY;
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().toList();
        }
    }

    private static boolean isOlder(List<Path> sources) throws IOException {
        for (Path source : sources) {
            if (Files.getLastModifiedTime(BINARY).compareTo(Files.getLastModifiedTime(source))
                    < 0) {
                return true;
            }
        }
        return false;
    }
}
