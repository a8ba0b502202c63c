// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.store.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.collector.event.EventCodec;
import dev.torimono.collector.query.Filter;
import dev.torimono.collector.query.FilterParser;
import dev.torimono.collector.store.EventRange;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store whose process is killed in the middle of its work, again and again. */
final class KilledStoreTest {
    private static final int ROUNDS = 4;

    @Test
    void whatWasAcknowledgedIsThereOnce(@TempDir Path folder) throws Exception {
        Random random = new Random(7);
        int next = 0;
        for (int round = 0; round < ROUNDS; round++) {
            next = killedAfter(folder, next, 3 + random.nextInt(40)) + 1;
        }
        try (LuceneEventStore store =
                new LuceneEventStore(
                        new LuceneEventStore.Settings(folder, 0, 10_000),
                        EventCodec::stored,
                        InstantSource.system())) {
            for (int batch = 0; batch < next; batch++) {
                assertThat(store.append(Appender.events(batch))).as("batch " + batch).isZero();
            }
            Filter closed = FilterParser.parse("status = closed");
            assertThat(store.count(new EventRange(0, Long.MAX_VALUE, closed)))
                    .isBetween((long) next * Appender.CLOSED, (next + 1L) * Appender.CLOSED);
            // The batch under way at the last kill may be there as well.
            long events = store.count(EventRange.ALL);
            assertThat(events).isBetween(next * 100L, (next + 1) * 100L);
        }
    }

    /** Returns the last batch that was acknowledged. */
    private static int killedAfter(Path folder, int first, int batches) throws Exception {
        Process process =
                new ProcessBuilder(
                                List.of(
                                        ProcessHandle.current().info().command().orElseThrow(),
                                        "-XX:TieredStopAtLevel=1",
                                        "-XX:+UseSerialGC",
                                        "--enable-native-access=ALL-UNNAMED",
                                        "-cp",
                                        classPath(),
                                        Appender.class.getName(),
                                        folder.toString(),
                                        Integer.toString(first)))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        int last = first - 1;
        try (BufferedReader acknowledged = process.inputReader()) {
            for (int i = 0; i < batches; i++) {
                last = Integer.parseInt(acknowledged.readLine());
            }
            process.destroyForcibly();
            // What was written before the kill was acknowledged too.
            for (String line = readLine(acknowledged);
                    line != null;
                    line = readLine(acknowledged)) {
                last = Integer.parseInt(line);
            }
        }
        process.waitFor();
        return last;
    }

    private static @org.jspecify.annotations.Nullable String readLine(BufferedReader reader) {
        try {
            return reader.readLine();
        } catch (IOException e) {
            return null;
        }
    }

    /** Modules or not, everything this test runs with. */
    private static String classPath() {
        String modules = System.getProperty("jdk.module.path", "");
        String patched =
                Path.of("target/test-classes") + File.pathSeparator + Path.of("target/classes");
        return String.join(
                File.pathSeparator, patched, System.getProperty("java.class.path", ""), modules);
    }
}
