// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.bench;

import dev.torimono.host.capture.CaptureContainers;
import dev.torimono.host.capture.CaptureHost;
import dev.torimono.model.Event;
import dev.torimono.model.Fd;
import dev.torimono.model.Observation;
import dev.torimono.model.Task;
import dev.torimono.model.Text;
import dev.torimono.sensor.scap.ReplaySensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Every event of a capture, decoded and with its state resolved once, to be handed over again and
 * again: what a rule engine sees when sensor and host cost nothing. Records lie in native memory as
 * on a ring buffer; tasks are in the state that they had at the end of the capture.
 */
final class RecordedMix {
    private final List<byte[]> records = new ArrayList<>();
    private final List<@Nullable Task> taskList = new ArrayList<>();
    private final List<@Nullable Fd> fdList = new ArrayList<>();
    private final Map<List<Object>, Fd> known = new HashMap<>();
    private final MemorySegment memory;
    private final long[] offsets;
    private final int[] lengths;
    private final @Nullable Task[] tasks;
    private final @Nullable Fd[] fds;
    private final Event event = new Event();
    private @Nullable Observation recorded;
    private int next;

    RecordedMix(Path capture, Arena arena) {
        read(capture);
        int count = records.size();
        offsets = new long[count];
        lengths = new int[count];
        long size = 0;
        for (int i = 0; i < count; i++) {
            offsets[i] = size;
            lengths[i] = records.get(i).length;
            size += (lengths[i] + 7) & ~7;
        }
        memory = arena.allocate(size, 8);
        for (int i = 0; i < count; i++) {
            MemorySegment.copy(
                    MemorySegment.ofArray(records.get(i)), 0, memory, offsets[i], lengths[i]);
        }
        tasks = taskList.toArray(Task[]::new);
        fds = fdList.toArray(Fd[]::new);
    }

    private void read(Path capture) {
        CaptureHost host = new CaptureHost(new CaptureContainers());
        try (ReplaySensor sensor = ReplaySensor.open(capture, host::begin)) {
            int handed = 0;
            while (handed >= 0) {
                handed =
                        sensor.poll(
                                each -> {
                                    Observation observation = host.observe(each);
                                    if (observation != null) {
                                        keep(observation);
                                    }
                                },
                                0);
            }
        }
    }

    private void keep(Observation observation) {
        recorded = observation;
        records.add(observation.event().record());
        taskList.add(observation.task());
        Fd fd = observation.fd();
        fdList.add(fd == null ? null : known.computeIfAbsent(state(fd), s -> copy(fd)));
    }

    private static Fd copy(Fd fd) {
        return new Fd(fd.nameLength()).copyOf(fd);
    }

    /** Equal for fds that no rule could tell apart. */
    private static List<Object> state(Fd fd) {
        return List.of(
                fd.number(),
                fd.kind(),
                fd.l4proto(),
                fd.role(),
                fd.openFlags(),
                fd.inode(),
                fd.device(),
                fd.facts(),
                fd.connected(),
                Text.of(fd.name(), 0, fd.nameLength()),
                fd.rawName(),
                Text.of(fd.sourceAddress(), 0, fd.sourceAddress().length),
                Text.of(fd.destinationAddress(), 0, fd.destinationAddress().length),
                fd.sourcePort(),
                fd.destinationPort());
    }

    int size() {
        return offsets.length;
    }

    /** The next event, from the first again after the last. */
    Observation next() {
        int i = next;
        next = i + 1 == offsets.length ? 0 : i + 1;
        return at(i);
    }

    /** The event at a position. */
    Observation at(int i) {
        String fault = event.wrap(memory, offsets[i], lengths[i], 0);
        if (fault != null) {
            throw new IllegalStateException(fault);
        }
        event.number(i + 1L);
        return Objects.requireNonNull(recorded).set(event, tasks[i], fds[i]);
    }
}
