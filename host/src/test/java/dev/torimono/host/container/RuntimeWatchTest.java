// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.host.HostCounters;
import dev.torimono.model.Container;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RuntimeWatchTest {
    /** A runtime that is looked for again only after 20 minutes unless it is asked. */
    private static final long PAUSE_MS = Duration.ofMinutes(1).toMillis();

    private final Client client = new Client();
    private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    private final RuntimeWatch watch =
            new RuntimeWatch(client, answers::add, new HostCounters(), PAUSE_MS, PAUSE_MS);

    @AfterEach
    void close() {
        watch.close();
    }

    @Test
    void whatAnAbsentRuntimeIsAskedIsUnknownAtOnce() throws InterruptedException {
        watch.start();
        watch.ask("a");
        assertThat(next()).isEqualTo(new Answer.Unknown("a"));
        watch.ask("b");
        assertThat(next()).isEqualTo(new Answer.Unknown("b"));
    }

    @Test
    void aQuestionFindsARuntimeThatHasComeSince() throws InterruptedException {
        watch.start();
        watch.ask("a");
        assertThat(next()).isEqualTo(new Answer.Unknown("a"));
        client.present = true;
        watch.ask("b");
        assertThat(next())
                .isInstanceOfSatisfying(
                        Answer.Described.class,
                        described -> assertThat(described.container().fullId()).isEqualTo("b"));
    }

    @Test
    void closingDoesNotWaitForThePause() {
        watch.start();
        long startNs = System.nanoTime();
        watch.close();
        assertThat(Duration.ofNanos(System.nanoTime() - startNs)).isLessThan(Duration.ofSeconds(2));
        assertThat(client.closed).isTrue();
    }

    private Answer next() throws InterruptedException {
        return Objects.requireNonNull(answers.poll(10, TimeUnit.SECONDS), "no answer");
    }

    private static final class Client implements RuntimeClient {
        volatile boolean present;
        volatile boolean closed;

        @Override
        public String runtime() {
            return "fake";
        }

        @Override
        public Path socket() {
            return Path.of("/nowhere");
        }

        @Override
        public boolean present() {
            return present;
        }

        @Override
        public String version() {
            return "";
        }

        @Override
        public void connect() {}

        @Override
        public List<Container> list() {
            return List.of();
        }

        @Override
        public Container inspect(String fullId) {
            return Container.pending(fullId, runtime());
        }

        @Override
        public @Nullable Change next(long timeoutMs) {
            LockSupport.parkNanos(1_000_000);
            return null;
        }

        @Override
        public void wake() {}

        @Override
        public void close() {
            closed = true;
        }
    }
}
