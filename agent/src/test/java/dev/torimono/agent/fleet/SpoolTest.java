// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SpoolTest {
    private static final long ROOM = 1L << 30;

    @TempDir private Path folder = Path.of("");

    private static byte[] json(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> texts(Spool.@Nullable Batch batch) {
        return batch == null
                ? List.of()
                : batch.alerts().stream()
                        .map(alert -> new String(alert.json(), StandardCharsets.UTF_8))
                        .toList();
    }

    private static Spool.@Nullable Batch next(Spool spool) throws Exception {
        return spool.await(100, 1 << 20, 0);
    }

    private static List<String> drain(Spool spool) throws Exception {
        List<String> all = new ArrayList<>();
        for (Spool.Batch batch = next(spool); batch != null; batch = next(spool)) {
            all.addAll(texts(batch));
            spool.delivered(batch);
        }
        return all;
    }

    @Test
    void theMostUrgentComeFirstAndThenTheOldest() throws Exception {
        try (Spool spool = new Spool(folder, ROOM)) {
            spool.append(7, json("info"));
            spool.append(4, json("medium 1"));
            spool.append(5, json("medium 2"));
            spool.append(6, json("low"));
            spool.append(0, json("high"));
            assertThat(spool.waiting()).isEqualTo(5);
            assertThat(drain(spool)).containsExactly("high", "medium 1", "medium 2", "low", "info");
            assertThat(spool.waiting()).isZero();
            assertThat(spool.bytes()).isZero();
        }
    }

    @Test
    void whatIsNotDeliveredIsToldAgainAlsoByTheNextProcess() throws Exception {
        List<String> keys = new ArrayList<>();
        try (Spool spool = new Spool(folder, ROOM)) {
            spool.append(3, json("a"));
            spool.append(3, json("b"));
            spool.append(3, json("c"));
            Spool.Batch one = spool.await(1, 1 << 20, 0);
            assertThat(texts(one)).containsExactly("a");
            spool.delivered(java.util.Objects.requireNonNull(one));
            java.util.Objects.requireNonNull(next(spool))
                    .alerts()
                    .forEach(alert -> keys.add(alert.key()));
        }
        try (Spool spool = new Spool(folder, ROOM)) {
            assertThat(spool.waiting()).isEqualTo(2);
            spool.append(3, json("d"));
            Spool.Batch batch = java.util.Objects.requireNonNull(next(spool));
            assertThat(batch.alerts().stream().map(SpooledAlert::key))
                    .startsWith(keys.toArray(String[]::new));
            assertThat(drain(spool)).containsExactly("b", "c", "d");
        }
    }

    /** Its files begin anew, and where the last life had come to must not count for them. */
    @Test
    void whatAProcessKeepsAfterAllWasDeliveredIsThereForTheNextOne() throws Exception {
        try (Spool spool = new Spool(folder, ROOM)) {
            for (String text : List.of("a", "b", "c")) {
                spool.append(3, json(text));
            }
            spool.delivered(java.util.Objects.requireNonNull(spool.await(2, 1 << 20, 0)));
            assertThat(drain(spool)).containsExactly("c");
        }
        for (int life = 0; life < 3; life++) {
            try (Spool spool = new Spool(folder, ROOM)) {
                assertThat(spool.waiting()).isEqualTo(2L * life);
                spool.append(3, json("x" + life));
                spool.append(3, json("y" + life));
            }
        }
        try (Spool spool = new Spool(folder, ROOM)) {
            assertThat(drain(spool)).containsExactly("x0", "y0", "x1", "y1", "x2", "y2");
        }
    }

    @Test
    void theOldestOfTheLeastUrgentGiveWay() throws Exception {
        byte[] large = new byte[100_000];
        try (Spool spool = new Spool(folder, 5L << 20)) {
            for (int i = 0; i < 30; i++) {
                spool.append(0, large);
                spool.append(7, large);
            }
            for (int i = 0; i < 20; i++) {
                spool.append(2, large);
            }
            assertThat(spool.bytes()).isLessThanOrEqualTo(5L << 20);
            assertThat(spool.dropped()).isEqualTo(80 - spool.waiting());
            assertThat(spool.dropped()).isGreaterThanOrEqualTo(30);
            assertThat(drain(spool)).hasSizeGreaterThan(40);
        }
    }

    @Test
    void aRecordThatACrashCutIsNoAlert() throws Exception {
        try (Spool spool = new Spool(folder, ROOM)) {
            spool.append(0, json("whole"));
        }
        try (Stream<Path> files = Files.list(folder.resolve("high"))) {
            Path file =
                    files.filter(each -> each.toString().endsWith(".alerts"))
                            .findFirst()
                            .orElseThrow();
            Files.write(
                    file,
                    new byte[] {0, 0, 0, 99, 1, 2, 3, 4, 0, 0, 0, 1, 7},
                    StandardOpenOption.APPEND);
        }
        try (Spool spool = new Spool(folder, ROOM)) {
            spool.append(0, json("next"));
            assertThat(drain(spool)).containsExactly("whole", "next");
        }
    }

    @Test
    void manyAlertsFillManyFiles() throws Exception {
        try (Spool spool = new Spool(folder, ROOM)) {
            for (int i = 0; i < 3000; i++) {
                spool.append(4, json(i + " " + "x".repeat(1000)));
            }
            List<String> all = drain(spool);
            assertThat(all).hasSize(3000);
            assertThat(all.getLast()).startsWith("2999 ");
        }
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(file -> file.toString().endsWith(".alerts"))).isEmpty();
        }
    }

    @Test
    void damageInTheMiddleCostsWhatIsBehindItInThatFileOnly() throws Exception {
        try (Spool spool = new Spool(folder, ROOM)) {
            spool.append(0, json("first"));
            spool.append(0, json("second"));
        }
        flip(folder.resolve("high/0000000000000000.alerts"));
        try (Spool spool = new Spool(folder, ROOM)) {
            spool.append(0, json("third"));
            assertThat(drain(spool)).containsExactly("first", "third");
        }
    }

    private static void flip(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);
    }
}
