// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.journal;

import dev.torimono.model.Epoch;
import dev.torimono.response.past.PastFinding;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What agents of this machine told since a moment.
 *
 * @param findings oldest first; alerts about the agent itself are none
 * @param oldest the first alert that is kept at all; empty when there is none
 * @param broken lines that could not be read
 */
public record Journal(List<PastFinding> findings, Optional<Instant> oldest, int broken) {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final int MOST_FILES = 1000;

    public Journal {
        findings = List.copyOf(findings);
    }

    /**
     * Reads a journal with its rotated files.
     *
     * @throws UncheckedIOException when it is there and cannot be read
     */
    public static Journal read(Path path, Instant since) {
        Reading reading = new Reading(since);
        try {
            for (Path file : files(path)) {
                reading.file(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("journal: " + path + ": cannot be read", e);
        }
        return new Journal(reading.findings, Optional.ofNullable(reading.oldest), reading.broken);
    }

    /** The alert of that id. */
    public Optional<PastFinding> find(String id) {
        return findings.stream().filter(finding -> finding.id().equals(id)).findFirst();
    }

    /** Oldest first. */
    private static List<Path> files(Path path) {
        List<Path> files = new ArrayList<>();
        for (int i = 1; i <= MOST_FILES; i++) {
            Path rotated = path.resolveSibling(path.getFileName() + "." + i);
            if (!Files.exists(rotated)) {
                break;
            }
            files.addFirst(rotated);
        }
        if (Files.exists(path)) {
            files.add(path);
        }
        return files;
    }

    /** One pass over the files. */
    private static final class Reading {
        private final long sinceNs;
        private final List<PastFinding> findings = new ArrayList<>();
        private @org.jspecify.annotations.Nullable Instant oldest;
        private int broken;

        Reading(Instant since) {
            sinceNs = Epoch.ns(since);
        }

        void file(Path file) throws IOException {
            var decoder =
                    StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPLACE);
            try (BufferedReader lines =
                    new BufferedReader(
                            new InputStreamReader(Files.newInputStream(file), decoder))) {
                String line = lines.readLine();
                while (line != null) {
                    line(line);
                    line = lines.readLine();
                }
            }
        }

        private void line(String line) {
            try {
                JsonNode node = MAPPER.readTree(line);
                long timeNs = node.path("time_ns").asLong(0);
                if (timeNs <= 0 || !node.path("alert").isObject()) {
                    broken++;
                    return;
                }
                if (oldest == null) {
                    oldest = Instant.ofEpochSecond(0, timeNs);
                }
                boolean ours = node.path("alert").path("source").asString("").equals("internal");
                if (timeNs >= sinceNs && !ours) {
                    findings.add(PastFindingJson.read(node, timeNs));
                }
            } catch (JacksonException e) {
                // A write that a crash cut off; the rest is good.
                broken++;
            }
        }
    }
}
