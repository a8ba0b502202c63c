// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.cli;

import dev.torimono.agent.AgentException;
import dev.torimono.agent.AgentException.Reason;
import dev.torimono.agent.Signals;
import dev.torimono.collector.Collector;
import dev.torimono.collector.CollectorConfig;
import dev.torimono.collector.CollectorException;
import dev.torimono.collector.Logging;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Runs a collector until it is told to end. The one class that mentions it: every other command
 * works without its module.
 */
final class CollectorRun {
    private CollectorRun() {}

    static void run(
            String host,
            int port,
            Path data,
            List<String> names,
            @Nullable Path certificate,
            @Nullable Path key,
            long keepDays,
            long maxBytes,
            boolean untilStdinEnds)
            throws InterruptedException {
        Logging.toStderr();
        CountDownLatch ended = new CountDownLatch(1);
        Signals.handle(ended::countDown, () -> {});
        if (untilStdinEnds) {
            Thread.ofPlatform().daemon().name("stdin").start(() -> awaitEnd(ended));
        }
        CollectorConfig config =
                new CollectorConfig(
                        host,
                        port,
                        data,
                        names,
                        certificate,
                        key,
                        keepDays,
                        maxBytes,
                        CollectorConfig.Mail.NONE);
        try (Collector _ = Collector.start(config)) {
            ended.await();
        } catch (CollectorException e) {
            throw new AgentException(Reason.ENVIRONMENT, String.valueOf(e.getMessage()), e);
        }
    }

    private static void awaitEnd(CountDownLatch ended) {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // As good as its end.
        }
        ended.countDown();
    }
}
