// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.fleet;

import dev.torimono.agent.Log;
import dev.torimono.agent.control.Answer;
import dev.torimono.agent.control.Request;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import tools.jackson.databind.JsonNode;

/**
 * What people at the collector ask for: done one after another on a thread of its own, each at most
 * once and never late, and answered until the collector has the answer or nobody waits for it.
 */
final class Errands implements AutoCloseable {
    private static final int CAPACITY = 16;
    private static final long TIMEOUT_MS = 20_000;
    private static final long TELL_FOR_NS = TimeUnit.MINUTES.toNanos(5);
    private static final long JOIN_MS = 2000;

    private final Identity identity;
    private final CollectorClient client;
    private final BiFunction<String, Request, Answer> response;
    private final boolean allowed;
    private final Log log;
    private final ArrayBlockingQueue<Errand> queue = new ArrayBlockingQueue<>(CAPACITY);
    private final Thread thread;

    private record Errand(String id, String who, Request request, long untilNs) {}

    /**
     * @param response does what somebody asks
     * @param allowed whether the configuration wants any of it
     */
    Errands(
            Identity identity,
            CollectorClient client,
            BiFunction<String, Request, Answer> response,
            boolean allowed,
            Log log) {
        this.identity = identity;
        this.client = client;
        this.response = response;
        this.allowed = allowed;
        this.log = log;
        this.thread = Thread.ofPlatform().daemon().name("fleet-respond").start(this::run);
    }

    /**
     * Takes what an answer of the collector brought.
     *
     * @param onTheWayNs how long the answer may have been under way: what is too old by that is not
     *     done any more
     */
    void take(JsonNode commands, long onTheWayNs) throws InterruptedException {
        long nowNs = System.nanoTime();
        for (JsonNode command : commands) {
            String id = command.path("id").asString("");
            long leftNs =
                    TimeUnit.MILLISECONDS.toNanos(command.path("ttlMs").asLong(0)) - onTheWayNs;
            Errand errand =
                    new Errand(
                            id,
                            "collector: " + command.path("who").asString(""),
                            request(command),
                            nowNs + leftNs);
            if (!queue.offer(errand)) {
                log.warn("collector: a response is refused: " + CAPACITY + " others wait");
                // Once: whoever hears what to enforce must not wait here.
                boolean _ =
                        told(
                                errand,
                                Answer.refused("the agent is busy with " + CAPACITY + " others"));
            }
        }
    }

    private static Request request(JsonNode command) {
        return new Request(
                command.path("command").asString(""),
                command.path("target").asString(""),
                command.path("container").asString(""),
                command.path("tree").asBoolean(false),
                command.path("reason").asString(""),
                command.path("startNs").asLong(0),
                command.path("dryRun").asBoolean(false));
    }

    private void run() {
        try {
            while (true) {
                Errand errand = queue.take();
                tell(errand, done(errand));
            }
        } catch (InterruptedException e) {
            // The agent ends.
            Thread.currentThread().interrupt();
        }
    }

    private Answer done(Errand errand) {
        if (!allowed) {
            return Answer.refused("fleet.responses is off on this machine");
        }
        if (System.nanoTime() - errand.untilNs() > 0) {
            return Answer.refused("expired: it came too late to be done");
        }
        return response.apply(errand.who(), errand.request());
    }

    /** Until the collector has it, as long as somebody may wait for it. */
    private void tell(Errand errand, Answer answer) {
        long endNs = System.nanoTime() + TELL_FOR_NS;
        Pause pause = new Pause();
        try {
            while (!told(errand, answer) && System.nanoTime() - endNs < 0) {
                pause.after();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean told(Errand errand, Answer answer) throws InterruptedException {
        Map<String, Object> report = new TreeMap<>();
        report.put("status", answer.status());
        report.put("message", answer.message());
        report.put("facts", new TreeMap<>(answer.facts()));
        byte[] body = new dev.torimono.agent.format.JsonWriter().value(report).toBytes();
        try {
            boolean told = post("/fleet/v1/responses/" + errand.id(), body);
            String kept = answer.facts().getOrDefault("kept_as", "");
            boolean copied = errand.request().command().equals("acquire") && answer.isDone();
            if (!told || !copied) {
                return told;
            }
            return HandIn.all(
                    Path.of(kept),
                    answer.facts().getOrDefault("sha256", ""),
                    (query, part) ->
                            post("/fleet/v1/responses/" + errand.id() + "/file" + query, part));
        } catch (IOException e) {
            log.debug("collector: an answer was not taken: " + Outage.words(e));
            return false;
        }
    }

    /** What the collector will never take counts as told. */
    private boolean post(String path, byte[] body) throws IOException, InterruptedException {
        String token = identity.token();
        CollectorClient.Answer reply = client.post(path, token, body, TIMEOUT_MS);
        if (reply.unauthorized()) {
            identity.refused(token);
        }
        return reply.good() || (reply.status() / 100 == 4 && !reply.unauthorized());
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(JOIN_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
