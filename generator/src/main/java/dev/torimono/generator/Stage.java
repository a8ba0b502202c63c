// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.generator;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where deeds are performed: a private folder and a child process on the host, and throw-away
 * containers. Nothing is left when it is closed. One thread performs; any may close.
 */
public final class Stage implements AutoCloseable {
    private static final String PERFORMER = "performer";

    private final Path folder;
    private final @Nullable Containers containers;
    private @Nullable Performer host;
    private boolean closed;

    /**
     * What containers are made with.
     *
     * @param socket socket of the Docker daemon; null for the usual place
     * @param image image to use; empty for one of our own
     * @param runtime OCI runtime by the name that Docker knows; empty for its default
     */
    public record Options(@Nullable Path socket, String image, String runtime) {}

    public Stage(Options options) {
        folder = makeFolder();
        Path socket = options.socket();
        Docker docker = socket == null ? Docker.find().orElse(null) : new Docker(socket);
        containers =
                docker == null
                        ? null
                        : new Containers(docker, folder, options.image(), options.runtime());
    }

    private static Path makeFolder() {
        try {
            Path made = Files.createTempDirectory("torimono-generate");
            Files.createDirectories(made.resolve("empty"));
            Path performer = made.resolve(PERFORMER);
            try (InputStream in = Stage.class.getResourceAsStream(PERFORMER)) {
                if (in == null) {
                    throw new IllegalStateException(PERFORMER + ": not in the program");
                }
                Files.copy(in, performer);
            }
            Files.setPosixFilePermissions(performer, PosixFilePermissions.fromString("rwxr-xr-x"));
            return made;
        } catch (IOException e) {
            throw new GeneratorException("temporary folder: " + e.getMessage(), e);
        }
    }

    /**
     * Performs one step and waits for its end.
     *
     * @throws GeneratorException saying what went wrong
     */
    void perform(Action.Step step) {
        List<String> words =
                step.words().stream().map(w -> w.replace("{}", folder.toString())).toList();
        switch (step.place()) {
            case HOST -> order(host(), words);
            case CONTAINER, NETWORK, ADMIN, PRIVILEGED ->
                    order(containers().performer(step.place()), words);
            case EXEC -> containers().exec(words, false);
            case TERMINAL -> containers().exec(words, true);
            case START -> containers().start(words);
        }
    }

    /** Makes ready what the step needs, so that its time is its own. */
    void prepare(Action.Step step) {
        switch (step.place()) {
            case HOST -> host();
            case CONTAINER, NETWORK, ADMIN, PRIVILEGED -> containers().performer(step.place());
            case EXEC, TERMINAL, START -> containers().performer(Place.CONTAINER);
        }
    }

    private static void order(Performer performer, List<String> words) {
        String wrong = performer.perform(words);
        if (!wrong.isEmpty()) {
            throw new GeneratorException(words.getFirst() + ": " + wrong);
        }
    }

    private Performer host() {
        Performer known = host;
        if (known == null) {
            ProcessBuilder builder =
                    new ProcessBuilder(folder.resolve(PERFORMER).toString(), "serve");
            builder.environment().put("TORIMONO_NAMES", folder.resolve("names").toString());
            known = Performer.start(builder, "host");
            host = known;
        }
        return known;
    }

    /**
     * Asks the daemon for a sign of life.
     *
     * @throws GeneratorException when there is none
     */
    void checkContainers() {
        containers().check();
    }

    private Containers containers() {
        if (containers == null) {
            throw new GeneratorException(
                    "no Docker daemon at /run/docker.sock; name one with --docker-socket");
        }
        return containers;
    }

    /** Whether what was seen was done here and not by somebody else. */
    boolean owns(Sighting sighting) {
        Performer known = host;
        if (known != null && sighting.pids().contains(known.pid())) {
            return true;
        }
        return containers != null
                && sighting.containers().stream().anyMatch(containers.shortIds()::contains);
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (host != null) {
            host.close();
        }
        try {
            if (containers != null) {
                containers.close();
            }
        } finally {
            removeFolder();
        }
    }

    private void removeFolder() {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new GeneratorException(folder + ": cannot be removed: " + e.getMessage(), e);
        }
    }
}
