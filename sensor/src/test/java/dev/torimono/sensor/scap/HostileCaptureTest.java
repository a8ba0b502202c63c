// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.scap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.torimono.model.Event;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** Whatever a file holds, reading it ends in events or in a ScapException that says where. */
class HostileCaptureTest {
    private static final int ROUNDS = 400;
    private long seen;

    @Test
    void mutatedCapturesOnlyEverFailWithTheirOffset() throws IOException {
        byte[] old = content("conformance/data/scap/curl_google.scap");
        byte[] recent = content("conformance/data/scap/libs_sample.scap");
        Random random = new Random(20261122);
        int failures = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] mutated = mutate((round & 1) == 0 ? old : recent, random);
            failures += fails(mutated) ? 1 : 0;
        }
        assertThat(failures).isBetween(ROUNDS / 4, ROUNDS);
        assertThat(seen).isPositive();
    }

    @Test
    void mutatedCompressedStreamFailsToo() throws IOException {
        byte[] compressed =
                Files.readAllBytes(Captures.shared("conformance/data/scap/falco_cat_write.scap"));
        Random random = new Random(7);
        for (int round = 0; round < 100; round++) {
            byte[] mutated = compressed.clone();
            for (int i = 0; i < 3; i++) {
                mutated[2 + random.nextInt(mutated.length - 2)] = (byte) random.nextInt();
            }
            fails(mutated);
        }
        assertThat(fails(Arrays.copyOf(compressed, compressed.length / 2))).isTrue();
    }

    @Test
    void lengthThatLiesAllocatesNothing() {
        byte[] capture = new byte[64];
        capture[0] = 0x0A;
        capture[1] = 0x0D;
        capture[2] = 0x0D;
        capture[3] = 0x0A;
        capture[7] = 0x03; // 48 MiB announced, 64 bytes there
        assertThatExceptionOfType(ScapException.class)
                .isThrownBy(() -> replay(capture))
                .withMessage("test.scap:0: capture ends inside a block");
    }

    @Test
    void emptyFileIsNoCapture() {
        assertThatExceptionOfType(ScapException.class)
                .isThrownBy(() -> replay(new byte[0]))
                .withMessage("test.scap:0: no capture: it does not begin with a section header");
    }

    private boolean fails(byte[] capture) {
        try {
            replay(capture);
            return false;
        } catch (ScapException e) {
            assertThat(e.getMessage()).matches("(?s)test\\.scap:\\d+: .+");
            return true;
        }
    }

    private void replay(byte[] capture) {
        InputStream stream = new ByteArrayInputStream(capture);
        try (ReplaySensor sensor = ReplaySensor.open("test.scap", stream, _ -> {})) {
            int handed = 0;
            while (handed >= 0) {
                handed = sensor.poll(this::touch, 0);
            }
        }
    }

    /** Reads every byte that the event claims to have. */
    private void touch(Event event) {
        for (int i = 0; i < event.paramCount(); i++) {
            seen += event.bytes(i).length;
        }
    }

    private static byte[] mutate(byte[] capture, Random random) {
        byte[] mutated = capture.clone();
        int changes = 1 + random.nextInt(20);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(mutated.length);
            mutated[at] =
                    switch (random.nextInt(3)) {
                        case 0 -> (byte) 0xff;
                        case 1 -> 0;
                        default -> (byte) random.nextInt();
                    };
        }
        return random.nextInt(8) == 0
                ? Arrays.copyOf(mutated, random.nextInt(mutated.length))
                : mutated;
    }

    private static byte[] content(String path) throws IOException {
        byte[] bytes = Files.readAllBytes(Captures.shared(path));
        if (bytes[0] != 0x1f) {
            return bytes;
        }
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return in.readAllBytes();
        }
    }
}
