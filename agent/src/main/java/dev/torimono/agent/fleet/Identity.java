// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.fleet;

import dev.torimono.agent.config.AgentConfig;
import dev.torimono.agent.fleet.CollectorClient.Answer;
import dev.torimono.agent.format.JsonWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Who this agent is to its collector: enrols once and keeps its token. Any thread. */
final class Identity {
    private static final long TIMEOUT_MS = 20_000;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final AgentConfig.Fleet config;
    private final CollectorClient client;
    private final Supplier<Map<String, Object>> facts;
    private final Path file;
    private @Nullable String token;

    /**
     * @param facts what is told of the machine
     */
    Identity(
            AgentConfig.Fleet config, CollectorClient client, Supplier<Map<String, Object>> facts) {
        this.config = config;
        this.client = client;
        this.facts = facts;
        this.file = config.folder().resolve("identity.json");
    }

    /**
     * The token by which the collector knows us; enrols when there is none.
     *
     * @throws IOException when it cannot enrol; the message tells why
     */
    synchronized String token() throws IOException, InterruptedException {
        String known = token == null ? read() : token;
        if (known == null) {
            known = enrol();
        }
        token = known;
        return known;
    }

    /** The collector does not know a token any more: another one is needed. */
    synchronized void refused(String old) throws IOException {
        if (old.equals(token)) {
            token = null;
            Files.deleteIfExists(file);
        }
    }

    /**
     * Asks for another token and keeps it; the collector lets us in by the old one until we use the
     * new one.
     */
    synchronized void rotate() throws IOException, InterruptedException {
        String old = token();
        Answer answer =
                client.post(
                        "/fleet/v1/token", old, "{}".getBytes(StandardCharsets.UTF_8), TIMEOUT_MS);
        String fresh = answer.good() ? JSON.readTree(answer.body()).path("token").asString("") : "";
        if (fresh.isEmpty()) {
            throw new IOException(
                    "no other token: " + config.url() + " answered " + answer.status());
        }
        String agentId = JSON.readTree(Files.readAllBytes(file)).path("agentId").asString("");
        keep(agentId, fresh);
        token = fresh;
    }

    private @Nullable String read() throws IOException {
        if (!Files.exists(file)) {
            return null;
        }
        try {
            JsonNode kept = JSON.readTree(Files.readAllBytes(file));
            boolean same = kept.path("collector").asString("").equals(config.url());
            String read = kept.path("token").asString("");
            return same && !read.isEmpty() ? read : null;
        } catch (JacksonException e) {
            // Damaged: enrolling again gives another.
            return null;
        }
    }

    private String enrol() throws IOException, InterruptedException {
        byte[] body = new JsonWriter().value(facts.get()).toBytes();
        Answer answer = client.post("/fleet/v1/enrol", accessKey(), body, TIMEOUT_MS);
        if (!answer.good()) {
            throw new IOException(
                    "cannot enrol: "
                            + config.url()
                            + " answered "
                            + answer.status()
                            + (answer.status() == 401 ? "; is the access key right?" : ""));
        }
        JsonNode enrolled = JSON.readTree(answer.body());
        String fresh = enrolled.path("token").asString("");
        if (fresh.isEmpty()) {
            throw new IOException("cannot enrol: " + config.url() + " gave no token");
        }
        keep(enrolled.path("agentId").asString(""), fresh);
        return fresh;
    }

    private String accessKey() throws IOException {
        Path keyFile = config.accessKeyFile();
        if (keyFile == null) {
            return config.accessKey();
        }
        if (!Files.exists(keyFile)) {
            throw new IOException(
                    "cannot enrol: fleet.access-key-file " + keyFile + ": no such file");
        }
        return Files.readString(keyFile).strip();
    }

    private void keep(String agentId, String fresh) throws IOException {
        Path next = file.resolveSibling("identity.json.new");
        Files.deleteIfExists(next);
        Files.createFile(
                next,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        byte[] json =
                new JsonWriter()
                        .value(
                                Map.of(
                                        "agentId", agentId,
                                        "collector", config.url(),
                                        "token", fresh))
                        .toBytes();
        Files.write(next, json);
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
    }
}
