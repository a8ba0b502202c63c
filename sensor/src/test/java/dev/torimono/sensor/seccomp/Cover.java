// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.seccomp;

import dev.torimono.model.Demand;
import dev.torimono.model.Event;
import dev.torimono.model.Text;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A sensor, the real launcher, and programs that it begins; polled by a thread of its own. */
final class Cover implements AutoCloseable {
    private static final long LIMIT_S = Long.getLong("torimono.limit-s", 60);

    private final Path folder;
    private final Path launcher;
    private final List<Event> told = new CopyOnWriteArrayList<>();
    private final List<CoverNotice> notices = new CopyOnWriteArrayList<>();
    private final Demand demand;
    private volatile Consumer<Event> onEvent = _ -> {};
    private volatile boolean ends;
    private @Nullable SeccompSensor sensor;
    private @Nullable Thread poller;

    Cover(Path folder, Demand demand) {
        this.folder = folder;
        this.demand = demand;
        this.launcher = folder.resolve("launch");
        try (InputStream in = Launcher.open()) {
            Files.copy(in, launcher);
            Files.setPosixFilePermissions(
                    launcher, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path socket() {
        return folder.resolve("agent.sock");
    }

    /** Begins to look, perhaps as on an older kernel. */
    SeccompSensor look(int deadlineMs, Newer... refused) {
        SeccompSensor opened =
                SeccompSensor.open(
                        new SeccompConfig(socket(), false, deadlineMs, true),
                        (covered, _) -> Text.of("/torimono/" + covered.container()),
                        notices::add,
                        new SeccompCalls(java.util.Set.of(refused)));
        opened.subscribe(demand);
        sensor = opened;
        ends = false;
        poller = Thread.ofPlatform().daemon().start(() -> poll(opened));
        return opened;
    }

    private void poll(SeccompSensor of) {
        while (!ends) {
            of.poll(
                    event -> {
                        told.add(event.snapshot());
                        onEvent.accept(event);
                    },
                    20);
        }
    }

    /** Stops looking; what is covered goes on with its keeper. */
    void lookAway() throws InterruptedException {
        ends = true;
        Objects.requireNonNull(poller).join();
        Objects.requireNonNull(sensor).close();
        sensor = null;
    }

    /** While an event is handed over, on the sensor's thread. */
    void onEvent(Consumer<Event> action) {
        onEvent = action;
    }

    List<Event> told() {
        return told;
    }

    List<CoverNotice> notices() {
        return notices;
    }

    /** A covered program, not yet started. */
    ProcessBuilder program(String... command) {
        List<String> words = new ArrayList<>(List.of(launcher.toString()));
        words.addAll(List.of(command));
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.redirectErrorStream(true);
        builder.environment().put("TORIMONO_SOCKET", socket().toString());
        builder.environment().put("TORIMONO_CONTAINER", "test");
        return builder;
    }

    /** How a program ended. */
    record Ended(int exit, String out) {}

    /** Runs a covered program to its end. */
    Ended run(String... command) throws IOException, InterruptedException {
        return end(program(command).start());
    }

    static Ended end(Process process) throws IOException, InterruptedException {
        process.getOutputStream().close();
        FutureTask<byte[]> out = new FutureTask<>(process.getInputStream()::readAllBytes);
        Thread.ofPlatform().daemon().start(out);
        try {
            String all = new String(out.get(LIMIT_S, TimeUnit.SECONDS), StandardCharsets.UTF_8);
            if (process.waitFor(LIMIT_S, TimeUnit.SECONDS)) {
                return new Ended(process.exitValue(), all);
            }
        } catch (TimeoutException e) {
            // Somebody of them waits for an answer that nobody gives.
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        }
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        throw new AssertionError("not ended within " + LIMIT_S + " s: " + process.info());
    }

    /** Waits for something to be true. */
    static void await(String what, java.util.function.BooleanSupplier holds)
            throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_S);
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("did not come: " + what);
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    /** Holds the sensor's thread up. */
    static void sleep(long ms) {
        try {
            TimeUnit.MILLISECONDS.sleep(ms);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The one event that fits; fails when there is none. */
    Event event(Predicate<Event> which) {
        return told.stream()
                .filter(which)
                .findFirst()
                .orElseThrow(
                        () ->
                                new AssertionError(
                                        "none of "
                                                + told.stream()
                                                        .map(e -> e.type().name())
                                                        .toList()));
    }

    @Override
    public void close() {
        try {
            if (sensor != null) {
                lookAway();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
