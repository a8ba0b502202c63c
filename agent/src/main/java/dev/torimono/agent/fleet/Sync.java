// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.fleet;

import dev.torimono.agent.Log;
import dev.torimono.agent.fleet.CollectorClient.Answer;
import dev.torimono.agent.format.JsonWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reports how the agent fares and hears what to enforce: one call that waits at the collector until
 * there is news. What is told is tried at once, and the next call tells what came of it.
 */
final class Sync implements Runnable {
    private static final long WAIT_MS = 20_000;

    /** While a runtime has not described all containers, what it says is told soon. */
    private static final long SOON_MS = 5000;

    private static final long TIMEOUT_MS = 40_000;
    private static final byte[] NOTHING = "{}".getBytes(StandardCharsets.UTF_8);

    /** Tries what lies in the bundle's files. */
    @FunctionalInterface
    interface Trial {
        /** Why it is not in force; empty when it is. */
        String run() throws InterruptedException;
    }

    private final Identity identity;
    private final CollectorClient client;
    private final BundleFolder bundle;
    private final Trial trial;
    private final Supplier<Map<String, Object>> health;
    private final Supplier<Map<String, Object>> facts;
    private final Supplier<Map<String, Object>> containers;
    private final Errands errands;
    private final Log log;
    private final Pause pause = new Pause();
    private String refusedVersion = "";
    private String refusal = "";
    private boolean factsTold;

    /** As the collector knows them; empty when it may know of none. */
    private Map<String, Object> containersTold = Map.of();

    private final Outage outage;
    private boolean first = true;

    Sync(
            Identity identity,
            CollectorClient client,
            BundleFolder bundle,
            Trial trial,
            Supplier<Map<String, Object>> health,
            Supplier<Map<String, Object>> facts,
            Supplier<Map<String, Object>> containers,
            Errands errands,
            Log log) {
        this.identity = identity;
        this.client = client;
        this.bundle = bundle;
        this.trial = trial;
        this.health = health;
        this.facts = facts;
        this.containers = containers;
        this.errands = errands;
        this.log = log;
        this.outage = new Outage(log);
    }

    @Override
    public void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                if (!step()) {
                    pause.after();
                }
            }
        } catch (InterruptedException e) {
            // The agent ends.
            Thread.currentThread().interrupt();
        }
    }

    private boolean step() throws InterruptedException {
        try {
            String token = identity.token();
            long askedNs = System.nanoTime();
            long askedMs = System.currentTimeMillis();
            Map<String, Object> known = containers.get();
            Answer answer = client.post("/fleet/v1/sync", token, report(known), TIMEOUT_MS);
            long tookNs = took(askedNs, askedMs);
            if (!answer.good()) {
                if (answer.unauthorized()) {
                    identity.refused(token);
                }
                return failed("it answered " + answer.status());
            }
            outage.works("collector: reached again");
            if (first) {
                log.info("collector: connected");
            }
            first = false;
            factsTold = true;
            containersTold = known;
            pause.reset();
            take(new String(answer.body(), StandardCharsets.UTF_8), tookNs);
            return true;
        } catch (IOException | JacksonException e) {
            return failed(Outage.words(e));
        }
    }

    private boolean failed(String why) {
        outage.failed("collector: not reached: " + why + "; what it last told stays in force");
        factsTold = false;
        containersTold = Map.of();
        return false;
    }

    private byte[] report(Map<String, Object> known) throws IOException {
        String inForce = bundle.version();
        Map<String, Object> report = new TreeMap<>();
        report.put("has", refusedVersion.isEmpty() ? inForce : refusedVersion);
        report.put("inForce", inForce);
        report.put("refused", refusal);
        // The first call after a silence is answered at once, so that both know where they are.
        long wait = Long.valueOf(0).equals(known.getOrDefault("pending", 0L)) ? WAIT_MS : SOON_MS;
        report.put("waitMs", factsTold ? wait : 0L);
        report.put("fetches", true);
        report.put("health", health.get());
        if (!factsTold) {
            report.put("facts", facts.get());
        }
        if (!known.equals(containersTold)) {
            report.put("containers", known);
        }
        return new JsonWriter().value(report).toBytes();
    }

    /** What is given only once is asked for by a call that answers at once. */
    private void fetch() throws IOException, InterruptedException {
        long askedNs = System.nanoTime();
        long askedMs = System.currentTimeMillis();
        Answer answer = client.post("/fleet/v1/commands", identity.token(), NOTHING, TIMEOUT_MS);
        if (!answer.good()) {
            throw new IOException("it answered " + answer.status() + " to who fetched commands");
        }
        String given = new String(answer.body(), StandardCharsets.UTF_8);
        errands.take(JsonMapper.shared().readTree(given).path("commands"), took(askedNs, askedMs));
    }

    /** A machine that slept does not count the time, but its clock knows of it. */
    private static long took(long askedNs, long askedMs) {
        return Math.max(
                System.nanoTime() - askedNs,
                TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis() - askedMs));
    }

    private void take(String instructions, long tookNs) throws IOException, InterruptedException {
        JsonNode all = JsonMapper.shared().readTree(instructions);
        long heldNs = TimeUnit.MILLISECONDS.toNanos(all.path("heldMs").asLong(0));
        errands.take(all.path("commands"), Math.max(tookNs - heldNs, 0));
        if (all.path("commandsWait").asBoolean(false)) {
            fetch();
        }
        if (all.path("rotateToken").asBoolean(false)) {
            identity.rotate();
            log.info("collector: another token is in use");
        }
        if (all.path("tellContainers").asBoolean(false)) {
            containersTold = Map.of();
        }
        JsonNode news = all.path("bundle");
        String version = news.path("version").asString("");
        if (version.isEmpty()) {
            return;
        }
        bundle.replace(
                version, news.path("rules").asString(""), news.path("policies").asString(""));
        String why = trial.run();
        if (why.isEmpty()) {
            bundle.keep();
            refusedVersion = "";
            refusal = "";
            log.info("collector: bundle " + version + " is in force");
        } else {
            bundle.restore();
            refusedVersion = version;
            refusal = why;
            log.error("collector: bundle " + version + " is refused: " + why);
        }
    }
}
