// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.generator;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The docker client of this machine, pointed at one daemon. */
final class Docker {
    private static final List<Path> SOCKETS =
            List.of(Path.of("/run/docker.sock"), Path.of("/var/run/docker.sock"));
    private static final long PATIENCE_S = 60;

    private final Path socket;

    Docker(Path socket) {
        this.socket = socket;
    }

    /** The daemon where one usually listens. */
    static Optional<Docker> find() {
        return SOCKETS.stream().filter(Files::exists).findFirst().map(Docker::new);
    }

    /** A command, not yet started. */
    ProcessBuilder command(List<String> words) {
        List<String> all = new ArrayList<>(List.of("docker"));
        all.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(all);
        builder.environment().put("DOCKER_HOST", "unix://" + socket);
        return builder;
    }

    /** Runs it to its end and returns what it printed. */
    String run(List<String> words) {
        return run(words, new byte[0]);
    }

    String run(List<String> words, byte[] input) {
        String what = "docker " + words.getFirst();
        try {
            Process process = command(words).redirectErrorStream(true).start();
            try (OutputStream to = process.getOutputStream()) {
                to.write(input);
            }
            String said =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                            .strip();
            if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new GeneratorException(what + ": no end within " + PATIENCE_S + " s");
            }
            if (process.exitValue() != 0) {
                throw new GeneratorException(
                        what + ": " + said.lines().findFirst().orElse("failed"));
            }
            return said;
        } catch (IOException e) {
            throw new GeneratorException(
                    what + ": " + e.getMessage() + "; is Docker's client installed?", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GeneratorException(what + ": interrupted", e);
        }
    }
}
