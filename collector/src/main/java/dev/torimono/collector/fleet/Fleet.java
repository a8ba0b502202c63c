// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.fleet;

import dev.torimono.collector.catalog.Bundle;
import dev.torimono.collector.catalog.Catalog;
import dev.torimono.collector.event.Json;
import dev.torimono.response.scope.HostFacts;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tells agents what to enforce as soon as it changes: each asks, and its question waits here until
 * there is an answer or its time is up.
 */
public final class Fleet implements AutoCloseable {
    /** An agent reports at least this often. */
    private static final long SILENT_MS = 60_000;

    private final Rollout rollout;
    private final Agents agents;
    private final InstantSource clock;
    private final Trends trends;
    private final Map<String, Presence> presences = new ConcurrentHashMap<>();
    private final Map<String, Long> questions = new ConcurrentHashMap<>();
    private final Map<String, Integer> waiting = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private boolean closed;

    public Fleet(Catalog catalog, Rollout rollout, Agents agents, InstantSource clock) {
        this.rollout = rollout;
        this.agents = agents;
        this.clock = clock;
        this.trends = new Trends(clock);
        rollout.onChange(this::wake);
        catalog.onChange(() -> rollout.announce(catalog.current()));
    }

    /** Keeps what an agent reports. */
    public void report(String agentId, ObjectNode report) {
        ObjectNode health =
                report.path("health") instanceof ObjectNode given ? given : Json.object();
        Presence presence =
                new Presence(
                        clock.millis(),
                        report.path("inForce").asString(""),
                        report.path("refused").asString(""),
                        health,
                        containers(agentId, report));
        presences.put(agentId, presence);
        trends.add(agentId, health);
        if (!presence.refused().isEmpty()) {
            String hostname = agents.byId(agentId).map(Agents.Agent::hostname).orElse(agentId);
            rollout.refused(hostname, report.path("has").asString(""), presence.refused());
        }
    }

    /** Told when they changed. */
    private @Nullable Inventory containers(String agentId, ObjectNode report) {
        if (report.path("containers") instanceof ObjectNode told) {
            return Inventory.read(told);
        }
        Presence before = presences.get(agentId);
        return before == null ? null : before.containers();
    }

    /** What scopes ask of an agent's machine. */
    public static HostFacts host(Agents.Agent agent) {
        JsonNode facts = agent.facts();
        Map<String, String> tags = new HashMap<>();
        facts.path("tags")
                .propertyStream()
                .forEach(tag -> tags.put(tag.getKey(), tag.getValue().asString("")));
        return new HostFacts(
                agent.hostname(),
                texts(facts.path("addresses")),
                texts(facts.path("macs")),
                facts.path("cluster").asString(""),
                facts.path("node").asString(""),
                tags);
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(one -> one.asString("")).toList();
    }

    /** Whether it is heard. */
    public boolean isConnected(Presence presence) {
        return clock.millis() - presence.seenMs() < SILENT_MS;
    }

    /** What an agent is to enforce. */
    public Bundle target(Agents.Agent agent) {
        return rollout.target(agent.facts().path("tags"));
    }

    /** Has the roll-out go on where it is time to. */
    public void tick() {
        rollout.tick(this::allHave);
    }

    /** Of those that are to enforce it, and are heard. */
    private boolean allHave(String version) {
        return agents.all().stream()
                .filter(agent -> !agent.revoked())
                .filter(agent -> target(agent).version().equals(version))
                .flatMap(agent -> presence(agent.id()).stream())
                .filter(this::isConnected)
                .allMatch(presence -> presence.inForce().equals(version));
    }

    public Optional<Presence> presence(String agentId) {
        return Optional.ofNullable(presences.get(agentId));
    }

    /** What agents counted over time. */
    public Trends trends() {
        return trends;
    }

    public void forget(String agentId) {
        presences.remove(agentId);
        trends.forget(agentId);
        questions.remove(agentId);
    }

    /**
     * Begins a question of an agent and ends the one before it. An agent asks one at a time: who
     * waited until now was killed or cut off, and must not be given what is given only once.
     */
    public long question(String agentId) {
        long number = questions.merge(agentId, 1L, Long::sum);
        if (waiting.containsKey(agentId)) {
            wake();
        }
        return number;
    }

    /** Whether the agent has not asked again since. */
    public boolean isLast(String agentId, long question) {
        return questions.getOrDefault(agentId, 0L) == question;
    }

    /**
     * Waits for something that an agent does not have, or for its next question.
     *
     * @param agentId which agent
     * @param question its number
     * @param has version of the bundle that it has, enforced or refused
     * @param waitMs how long to wait at most
     * @param called whether it is wanted for something else
     */
    public Optional<Bundle> await(
            String agentId, long question, String has, long waitMs, BooleanSupplier called) {
        long leftNs = TimeUnit.MILLISECONDS.toNanos(waitMs);
        lock.lock();
        waiting.merge(agentId, 1, Integer::sum);
        try {
            Optional<Bundle> target = targetOf(agentId);
            while (!closed
                    && hasIt(target, has)
                    && !called.getAsBoolean()
                    && isLast(agentId, question)
                    && leftNs > 0) {
                leftNs = news.awaitNanos(leftNs);
                target = targetOf(agentId);
            }
            return closed || hasIt(target, has) ? Optional.empty() : target;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            waiting.computeIfPresent(agentId, (id, n) -> n == 1 ? null : n - 1);
            lock.unlock();
        }
    }

    private Optional<Bundle> targetOf(String agentId) {
        return agents.byId(agentId).map(this::target);
    }

    private static boolean hasIt(Optional<Bundle> target, String has) {
        return target.isEmpty() || target.get().version().equals(has);
    }

    /** Has everyone who waits look again. */
    public void wake() {
        lock.lock();
        try {
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Answers everyone who waits. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
