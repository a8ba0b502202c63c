// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.scap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.torimono.model.Event;
import dev.torimono.model.EventBuilder;
import dev.torimono.model.EventType;
import dev.torimono.model.Extension;
import dev.torimono.model.Fd;
import dev.torimono.model.FdKind;
import dev.torimono.model.Snapshot;
import dev.torimono.model.Task;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What is written is read again, by the reader that reads everybody's captures. */
class ScapWriterTest {
    private final ByteArrayOutputStream file = new ByteArrayOutputStream();
    private final List<Snapshot> snapshots = new ArrayList<>();
    private final List<byte[]> records = new ArrayList<>();

    @Test
    void recordedCaptureComesBackAsItWas() throws IOException {
        List<Snapshot> before = new ArrayList<>();
        List<byte[]> events = new ArrayList<>();
        ScapWriter writer = new ScapWriter(file, 0);
        try (ReplaySensor sensor =
                ReplaySensor.open(
                        Captures.shared("peer/container-mix.scap"),
                        snapshot -> {
                            before.add(snapshot);
                            begin(writer, snapshot);
                        })) {
            int handed = 0;
            while (handed >= 0) {
                handed =
                        sensor.poll(
                                event -> {
                                    events.add(event.record());
                                    write(writer, event);
                                },
                                0);
            }
        }
        writer.close();
        assertThat(writer.bytesWritten()).isEqualTo(file.size());
        read(file.toByteArray());
        assertThat(records).hasSize(77_892).hasSameSizeAs(events);
        for (int i = 0; i < events.size(); i++) {
            if (!Arrays.equals(records.get(i), events.get(i))) {
                fail("event " + i + " came back differently");
            }
        }
        assertThat(tasks(snapshots.getFirst())).isEqualTo(tasks(before.getFirst()));
        assertThat(fds(snapshots.getFirst())).isEqualTo(fds(before.getFirst()));
        assertThat(snapshots.getFirst().users()).isEqualTo(before.getFirst().users());
        assertThat(snapshots.getFirst().groups()).isEqualTo(before.getFirst().groups());
        assertThat(snapshots.getFirst().machine()).isEqualTo(before.getFirst().machine());
        assertThat(snapshots.getFirst().networkInterfaces())
                .isEqualTo(before.getFirst().networkInterfaces());
    }

    @Test
    void extensionsComeBackBehindTheSchemasParameters() throws IOException {
        EventType type = EventType.symbol("SYSCALL_CHDIR_X");
        Event event =
                new EventBuilder(type, 7, 8)
                        .number("res", 0)
                        .text("path", "x")
                        .extension(Extension.CONTEXT, new byte[32])
                        .extension(Extension.OBJECT, "object".getBytes(StandardCharsets.UTF_8))
                        .event();
        try (ScapWriter writer = new ScapWriter(file, 0)) {
            writer.begin(Snapshot.EMPTY);
            writer.write(event);
        }
        List<String> objects = new ArrayList<>();
        try (ReplaySensor sensor = open(file.toByteArray())) {
            sensor.poll(
                    e ->
                            objects.add(
                                    new String(
                                            e.bytes(e.extension(Extension.OBJECT)),
                                            StandardCharsets.UTF_8)),
                    0);
        }
        assertThat(objects).containsExactly("object");
    }

    @Test
    void snapLengthCutsDataOnly() throws IOException {
        EventType type = EventType.symbol("SOCKET_SENDTO_X");
        Event event =
                new EventBuilder(type, 7, 8)
                        .number("res", 100)
                        .bytes("data", new byte[100])
                        .bytes("tuple", new byte[13])
                        .event();
        try (ScapWriter writer = new ScapWriter(file, 10)) {
            writer.begin(Snapshot.EMPTY);
            writer.write(event);
        }
        List<Integer> lengths = new ArrayList<>();
        try (ReplaySensor sensor = open(file.toByteArray())) {
            sensor.poll(
                    e -> {
                        lengths.add(e.length(type.paramIndex("data")));
                        lengths.add(e.length(type.paramIndex("tuple")));
                    },
                    0);
        }
        assertThat(lengths).containsExactly(10, 13);
    }

    @Test
    void youngerKindsAreToldAsUnsupportedWithTheirNames() throws IOException {
        byte[] name = "memfd:x".getBytes(StandardCharsets.UTF_8);
        Fd fd = new Fd().clear(5).kind(FdKind.MEMFD).name(name, 0, name.length);
        Snapshot snapshot =
                new Snapshot(
                        Snapshot.Machine.UNKNOWN,
                        List.of(new Task(1, 1)),
                        Map.of(1L, List.of(fd)),
                        List.of(),
                        List.of(),
                        List.of());
        try (ScapWriter writer = new ScapWriter(file, 0)) {
            writer.begin(snapshot);
            writer.write(
                    new EventBuilder(EventType.symbol("SYSCALL_CHDIR_X"), 7, 8)
                            .number("res", 0)
                            .event());
        }
        read(file.toByteArray());
        assertThat(fds(snapshots.getFirst())).hasToString("{1=[5 10 memfd:x 0]}");
    }

    private static void begin(ScapWriter writer, Snapshot snapshot) {
        try {
            writer.begin(snapshot);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void write(ScapWriter writer, Event event) {
        try {
            writer.write(event);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private ReplaySensor open(byte[] capture) {
        InputStream stream = new ByteArrayInputStream(capture);
        return ReplaySensor.open("test.scap", stream, snapshots::add);
    }

    private void read(byte[] capture) {
        try (ReplaySensor sensor = open(capture)) {
            int handed = 0;
            while (handed >= 0) {
                handed = sensor.poll(event -> records.add(event.record()), 0);
            }
        }
    }

    private static List<String> tasks(Snapshot snapshot) {
        List<String> told = new ArrayList<>();
        for (Task t : snapshot.tasks()) {
            told.add(
                    String.join(
                            " ",
                            t.toString(),
                            t.parentTid() + "/" + t.sid() + "/" + t.pgid() + "/" + t.vpgid(),
                            t.image().toString(),
                            t.credentials().toString(),
                            String.valueOf(t.usage()),
                            t.cwd() + " " + t.root() + " " + t.cgroup(),
                            t.vtid() + "/" + t.vpid() + "/" + t.tty() + "/" + t.flags(),
                            String.valueOf(t.pidNamespaceStartNs())));
        }
        return told;
    }

    private static Map<Long, List<String>> fds(Snapshot snapshot) {
        Map<Long, List<String>> told = new TreeMap<>();
        snapshot.fds()
                .forEach(
                        (tid, fds) ->
                                told.put(
                                        tid,
                                        fds.stream()
                                                .map(
                                                        fd ->
                                                                fd.number()
                                                                        + " "
                                                                        + fd.kind().code()
                                                                        + " "
                                                                        + name(fd)
                                                                        + " "
                                                                        + fd.openFlags())
                                                .toList()));
        return told;
    }

    private static String name(Fd fd) {
        return new String(fd.name(), 0, fd.nameLength(), StandardCharsets.UTF_8);
    }
}
