// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.cli;

import dev.torimono.agent.AgentException;
import dev.torimono.agent.AgentException.Reason;
import dev.torimono.agent.Log;
import dev.torimono.agent.Trial;
import dev.torimono.agent.config.AgentConfig;
import dev.torimono.generator.Sightings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where alerts come from: a pipeline of our own, or what a running agent writes. */
interface AlertFeed extends AutoCloseable {
    /** How often a file is looked at for more. */
    long LOOK_MS = 20;

    /** Instead of a file. */
    String STDIN = "-";

    @Override
    void close();

    /**
     * Begins to hand alerts over.
     *
     * @param alerts file to follow, {@code -} for stdin; null for a pipeline of our own
     */
    static AlertFeed open(@Nullable Path alerts, AgentConfig config, Sightings sightings, Log log) {
        if (alerts == null) {
            Trial trial = Trial.start(config, sightings::add, log);
            return trial::close;
        }
        try {
            boolean stdin = alerts.toString().equals(STDIN);
            // An agent makes its file with the first alert.
            boolean awaited = !stdin && Files.notExists(alerts);
            InputStream in = stdin || awaited ? System.in : Files.newInputStream(alerts);
            if (!stdin && Files.isRegularFile(alerts)) {
                in.skipNBytes(Files.size(alerts));
            }
            Thread thread =
                    Thread.ofPlatform()
                            .daemon()
                            .name("alerts")
                            .start(
                                    () -> {
                                        if (awaited) {
                                            await(alerts, sightings, log);
                                        } else {
                                            follow(in, stdin, sightings, log);
                                        }
                                    });
            return thread::interrupt;
        } catch (IOException e) {
            throw new AgentException(
                    Reason.ENVIRONMENT, alerts + ": alerts cannot be read: " + e.getMessage(), e);
        }
    }

    private static void await(Path alerts, Sightings sightings, Log log) {
        try {
            while (Files.notExists(alerts)) {
                Thread.sleep(LOOK_MS);
            }
            follow(Files.newInputStream(alerts), false, sightings, log);
        } catch (IOException e) {
            log.error(alerts + ": alerts cannot be read: " + e.getMessage());
            sightings.end();
        } catch (InterruptedException e) {
            // Nobody wants them any more.
            Thread.currentThread().interrupt();
        }
    }

    private static void follow(InputStream in, boolean ends, Sightings sightings, Log log) {
        StringBuilder part = new StringBuilder();
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            while (!Thread.interrupted()) {
                int c = reader.read();
                if (c < 0) {
                    if (ends) {
                        break;
                    }
                    Thread.sleep(LOOK_MS);
                } else if (c == '\n') {
                    sightings.addJson(part.toString());
                    part.setLength(0);
                } else {
                    part.append((char) c);
                }
            }
        } catch (IOException e) {
            log.error("alerts: cannot be read any more: " + e.getMessage());
        } catch (InterruptedException e) {
            // Nobody wants more of them.
            Thread.currentThread().interrupt();
        }
        sightings.end();
    }
}
