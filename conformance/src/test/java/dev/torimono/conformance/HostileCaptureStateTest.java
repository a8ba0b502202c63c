// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.host.capture.CaptureContainers;
import dev.torimono.host.capture.CaptureHost;
import dev.torimono.model.Event;
import dev.torimono.model.EventBuilder;
import dev.torimono.model.EventType;
import dev.torimono.model.Extension;
import dev.torimono.model.Observation;
import dev.torimono.model.Snapshot;
import dev.torimono.sensor.scap.ReplaySensor;
import dev.torimono.sensor.scap.ScapException;
import dev.torimono.sensor.scap.ScapWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** Damaged events change the state in strange ways, but never end the replay by an exception. */
class HostileCaptureStateTest {
    private static final int ROUNDS = 150;
    private long observed;

    @Test
    void stateSurvivesWhateverEventsSay() throws IOException {
        Path captures = CaseFiles.folder().resolve("data/scap");
        Random random = new Random(42);
        for (String name :
                new String[] {
                    "curl_google.scap",
                    "libs_sample.scap",
                    "test_ipv6_client.scap",
                    "falco_connect_localhost.scap"
                }) {
            byte[] capture = content(captures.resolve(name));
            for (int round = 0; round < ROUNDS; round++) {
                replay(mutate(capture, random));
            }
        }
        assertThat(observed).isGreaterThan(10_000);
    }

    @Test
    void stateSurvivesWhateverOurOwnCapturesSay() throws IOException {
        byte[] capture = own();
        Random random = new Random(43);
        for (int round = 0; round < 10 * ROUNDS; round++) {
            replay(mutate(capture, random));
        }
        assertThat(observed).isGreaterThan(10_000);
    }

    /** Events with everything that our sensor tells behind the schema's parameters. */
    private static byte[] own() throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        String[] symbols = {
            "SYSCALL_OPENAT_2_X", "SYSCALL_EXECVE_19_X", "SYSCALL_DUP2_X", "SOCKET_CONNECT_X"
        };
        byte[] object = new byte[40];
        object[0] = 16;
        byte[] stdio = new byte[3 * 42];
        stdio[0] = 40;
        stdio[42] = 40;
        try (ScapWriter writer = new ScapWriter(file, 0)) {
            writer.begin(Snapshot.EMPTY);
            for (int i = 0; i < 40; i++) {
                EventType type = EventType.symbol(symbols[i % symbols.length]);
                int fd = type.paramIndex("fd");
                EventBuilder builder = new EventBuilder(type, i, 7);
                for (int param = 0; param < type.paramCount(); param++) {
                    int width = type.param(param).type().width();
                    builder.bytes(param, new byte[width == 0 ? 20 : width]);
                }
                writer.write(
                        (fd < 0 ? builder : builder.number("fd", 3))
                                .extension(Extension.OBJECT, object)
                                .extension(Extension.DETAIL, new byte[50])
                                .extension(Extension.STDIO, stdio)
                                .event());
            }
        }
        return file.toByteArray();
    }

    private void replay(byte[] capture) {
        CaptureHost host = new CaptureHost(new CaptureContainers());
        InputStream stream = new ByteArrayInputStream(capture);
        try (ReplaySensor sensor = ReplaySensor.open("test.scap", stream, host::begin)) {
            int handed = 0;
            while (handed >= 0) {
                handed = sensor.poll(event -> look(host, event), 0);
            }
        } catch (ScapException e) {
            assertThat(e).hasMessageStartingWith("test.scap:");
        }
    }

    private void look(CaptureHost host, Event event) {
        Observation observation = host.observe(event);
        if (observation != null) {
            observed++;
            var task = observation.task();
            if (task != null) {
                for (long number = 0; number < 3; number++) {
                    observation.fds().fd(task, number);
                }
                observation.fds().forEach(task, fd -> assertThat(fd.nameLength()).isNotNegative());
                assertThat(host.lineage(task)).isNotEmpty();
            }
        }
    }

    /** Changes bytes inside records only, so that most of the capture stays readable. */
    private static byte[] mutate(byte[] capture, Random random) {
        byte[] mutated = capture.clone();
        int start = mutated.length / 3;
        for (int i = 0; i < 30; i++) {
            int at = start + random.nextInt(mutated.length - start);
            if (mutated[at] != 0) {
                mutated[at] = (byte) random.nextInt();
            }
        }
        return mutated;
    }

    private static byte[] content(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        if (bytes[0] != 0x1f) {
            return bytes;
        }
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return in.readAllBytes();
        }
    }
}
