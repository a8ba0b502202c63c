// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import dev.torimono.model.Demand;
import dev.torimono.model.Event;
import dev.torimono.model.EventSource;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A sensor that watches while the actor plays; everything is wanted. */
final class Stage implements AutoCloseable, EventSource.Sink {
    private static final long PATIENCE_NS = 20_000_000_000L;

    private final KernelSensor sensor;
    private final List<Event> events = new ArrayList<>();
    private final List<Path> directories = new ArrayList<>();

    Stage() {
        this(SensorConfig.DEFAULT, Demand.everything());
    }

    Stage(SensorConfig config, Demand demand) {
        sensor = KernelSensor.open(config);
        sensor.subscribe(demand);
    }

    KernelSensor sensor() {
        return sensor;
    }

    List<Event> events() {
        return events;
    }

    @Override
    public void on(Event event) {
        byte[] record = event.record();
        Event copy = new Event();
        String fault = copy.wrap(MemorySegment.ofArray(record), 0, record.length, event.cpu());
        if (fault != null) {
            throw new AssertionError(event.type() + ": " + fault);
        }
        copy.number(event.number());
        events.add(copy);
    }

    /** Has the actor play one scene in a fresh directory, and waits for its end. */
    Scene play(String name) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("torimono-").toRealPath();
        directories.add(directory);
        events.clear();
        Process process =
                new ProcessBuilder(Actor.binary().toString(), name, directory.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        long pid = process.pid();
        await(e -> e.tid() == pid && e.type().symbol().equals("PROCEXIT_1_E"));
        Map<String, Long> said = new LinkedHashMap<>();
        for (String line : process.inputReader().lines().toList()) {
            String[] words = line.split(" ");
            said.put(words[0], Long.parseLong(words[1]));
        }
        if (process.waitFor() != 0) {
            throw new AssertionError(name + ": the actor failed, saying " + said);
        }
        Event begin = await(e -> e.tid() == pid && isExecOfTheActor(e));
        return new Scene(name, pid, directory, said, List.copyOf(events), begin.number());
    }

    private static boolean isExecOfTheActor(Event event) {
        return event.type().symbol().equals("SYSCALL_EXECVE_19_X")
                && event.text(event.type().paramIndex("filename")).toString().endsWith("/actor");
    }

    /** Polls until an event is as wanted; fails after a while. */
    Event await(Predicate<Event> wanted) {
        long end = System.nanoTime() + PATIENCE_NS;
        int seen = 0;
        while (System.nanoTime() < end) {
            for (; seen < events.size(); seen++) {
                if (wanted.test(events.get(seen))) {
                    return events.get(seen);
                }
            }
            sensor.poll(this, 100);
        }
        throw new AssertionError("not told among " + events.size() + " events");
    }

    @Override
    public void close() throws IOException {
        sensor.close();
        for (Path directory : directories) {
            try (Stream<Path> tree = Files.walk(directory)) {
                for (Path path : tree.sorted((a, b) -> b.compareTo(a)).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
