// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.cli;

import dev.torimono.agent.AgentException;
import dev.torimono.agent.AgentException.Reason;
import dev.torimono.agent.Signals;
import dev.torimono.agent.config.CollectorSettings;
import dev.torimono.collector.Backups;
import dev.torimono.collector.Collector;
import dev.torimono.collector.CollectorConfig;
import dev.torimono.collector.CollectorException;
import dev.torimono.collector.Logging;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Runs a collector until it is told to end. The one class that mentions it: every other command
 * works without its module.
 */
final class CollectorRun {
    private CollectorRun() {}

    static void run(String host, int port, CollectorSettings settings, boolean untilStdinEnds)
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
                        settings.data(),
                        settings.names(),
                        settings.certificate(),
                        settings.key(),
                        settings.keepDays(),
                        settings.keepBytes(),
                        TimeUnit.DAYS.toMillis(settings.tokenDays()),
                        mail(settings.smtp()));
        try (Collector _ = Collector.start(config)) {
            ended.await();
        } catch (CollectorException e) {
            throw new AgentException(Reason.ENVIRONMENT, String.valueOf(e.getMessage()), e);
        }
    }

    private static CollectorConfig.Mail mail(CollectorSettings.Smtp smtp) {
        return new CollectorConfig.Mail(
                smtp.host(),
                smtp.port(),
                smtp.security(),
                smtp.username(),
                content("collector.smtp.password-file", smtp.passwordFile()).strip(),
                smtp.from(),
                content("collector.smtp.ca-file", smtp.caFile()));
    }

    private static String content(String key, @Nullable Path file) {
        try {
            return file == null ? "" : Files.readString(file);
        } catch (IOException e) {
            throw new AgentException(Reason.CONFIG, key + ": " + Reasons.of(e), e);
        }
    }

    /** Tells what was written. */
    static String backup(CollectorOptions collector, Path file) {
        try {
            if (!collector.runsHere()) {
                return Backups.packFolder(collector.data(), file) + " files; no collector runs";
            }
            JsonNode snapshot = collector.call("POST", "/api/v1/snapshot", new byte[0]);
            try {
                int files = Backups.pack(Path.of(snapshot.path("folder").asString("")), file);
                return files + " files, " + snapshot.path("events").asLong(0) + " events";
            } finally {
                collector.call("DELETE", "/api/v1/snapshot", new byte[0]);
            }
        } catch (IOException e) {
            throw new AgentException(Reason.ENVIRONMENT, "backup: " + Reasons.of(e), e);
        }
    }

    /** Tells how many files there are. */
    static int restore(Path file, Path data) {
        try {
            return Backups.restore(file, data);
        } catch (IOException e) {
            throw new AgentException(Reason.ENVIRONMENT, "restore: " + Reasons.of(e), e);
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
