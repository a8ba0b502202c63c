// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.api;

import dev.torimono.collector.event.AlertEvents;
import dev.torimono.collector.event.BadJsonException;
import dev.torimono.collector.event.Json;
import dev.torimono.collector.event.Origin;
import dev.torimono.collector.fleet.Agents;
import dev.torimono.collector.fleet.Diagnoses;
import dev.torimono.collector.fleet.Fleet;
import dev.torimono.collector.fleet.Presence;
import dev.torimono.collector.respond.Executions;
import dev.torimono.collector.store.EventStore;
import dev.torimono.collector.store.StoredEvent;
import dev.torimono.collector.tree.Deeds;
import dev.torimono.collector.web.Access;
import dev.torimono.collector.web.ApiException;
import dev.torimono.collector.web.Call;
import dev.torimono.collector.web.Reply;
import dev.torimono.collector.web.Route;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What agents call: they enrol, tell alerts, report how they fare and hear what to enforce. */
final class FleetApi {
    private static final int ALERTS_MB = 16;

    /** An agent's containers make at most half of it. */
    private static final int REPORT_MB = 4;

    private static final int MAX_ALERTS = 10_000;
    private static final long MAX_WAIT_MS = 30_000;
    private static final int MAX_NAME_CHARS = 253;
    private static final System.Logger LOG = System.getLogger("torimono.fleet");

    private final Agents agents;
    private final Fleet fleet;
    private final Intake intake;
    private final EventStore activity;
    private final Executions executions;
    private final Diagnoses diagnoses;
    private final long tokenMs;
    private final InstantSource clock;

    /**
     * @param activity takes what agents tell of trees
     * @param tokenMs age at which an agent is to get another token; 0 never
     */
    FleetApi(
            Agents agents,
            Fleet fleet,
            Intake intake,
            EventStore activity,
            Executions executions,
            Diagnoses diagnoses,
            long tokenMs,
            InstantSource clock) {
        this.agents = agents;
        this.fleet = fleet;
        this.intake = intake;
        this.activity = activity;
        this.executions = executions;
        this.diagnoses = diagnoses;
        this.tokenMs = tokenMs;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                Route.post("/fleet/v1/enrol", Access.ENROL, "Become an agent", this::enrol)
                        .takes("Enrolment")
                        .gives("Enrolled"),
                Route.post(
                                "/fleet/v1/alerts",
                                Access.AGENT,
                                "Tell alerts, one a line",
                                this::alerts)
                        .gives("Kept")
                        .upTo(ALERTS_MB),
                Route.post(
                                "/fleet/v1/sync",
                                Access.AGENT,
                                "Report, and wait for what to enforce",
                                this::sync)
                        .takes("AgentReport")
                        .gives("Instructions")
                        .upTo(REPORT_MB),
                Route.post(
                                "/fleet/v1/commands",
                                Access.AGENT,
                                "Fetch what somebody asks for; each is given once",
                                this::commands)
                        .gives("Commands"),
                Route.post(
                                "/fleet/v1/diagnosis",
                                Access.AGENT,
                                "Tell what works on the machine",
                                this::diagnosed)
                        .takes("Diagnosis"),
                Route.post(
                                "/fleet/v1/token",
                                Access.AGENT,
                                "Get another token for this one",
                                call ->
                                        Reply.json(
                                                Json.object()
                                                        .put(
                                                                "token",
                                                                agents.rotate(
                                                                        call.caller().name()))))
                        .gives("Token"));
    }

    private Reply diagnosed(Call call) {
        if (!diagnoses.keep(call.caller().name(), call.json())) {
            throw new ApiException(ApiException.TOO_LARGE, "too_large", "no diagnosis is so long");
        }
        return Reply.nothing();
    }

    private Reply enrol(Call call) {
        ObjectNode facts = call.json();
        String hostname = facts.path("hostname").asString("");
        if (hostname.isEmpty() || hostname.length() > MAX_NAME_CHARS) {
            throw ApiException.invalid(
                    "hostname: must have 1 to " + MAX_NAME_CHARS + " characters");
        }
        Agents.Enrolled enrolled = agents.enrol(hostname, facts);
        LOG.log(
                System.Logger.Level.INFO,
                "agent enrolled: "
                        + enrolled.id()
                        + " on "
                        + hostname
                        + " by key "
                        + call.caller().name());
        return Reply.created(
                Json.object().put("agentId", enrolled.id()).put("token", enrolled.token()));
    }

    private Reply alerts(Call call) {
        Told told = new Told(call.caller().name());
        byte[] body = call.body();
        int kept = intake.keep(body.length, delivery -> told.readInto(body, delivery));
        activity.append(told.deeds);
        return Reply.json(
                Json.object()
                        .put("kept", kept)
                        .put("duplicates", told.events - kept)
                        .put("refused", told.bad));
    }

    /** What an agent tells in one call: alerts, and what trees of processes did. */
    private final class Told {
        private final String agentId;
        private final List<StoredEvent> deeds = new ArrayList<>();
        private int events;
        private int bad;

        Told(String agentId) {
            this.agentId = agentId;
        }

        void readInto(byte[] body, Intake.Delivery delivery) {
            int lines = 0;
            int from = 0;
            while (from < body.length) {
                int to = end(body, from);
                if (to > from) {
                    if (++lines > MAX_ALERTS) {
                        throw new ApiException(
                                ApiException.TOO_LARGE,
                                "too_large",
                                "at most " + MAX_ALERTS + " alerts at a time");
                    }
                    line(body, from, to - from, delivery);
                }
                from = to + 1;
            }
        }

        private void line(byte[] body, int from, int length, Intake.Delivery delivery) {
            try {
                ObjectNode told = Json.object(body, from, length);
                JsonNode activity = told.path("alert").path("activity");
                if (activity.isObject()) {
                    deeds.addAll(Deeds.of(agentId, told.path("key").asString(""), activity));
                } else {
                    delivery.add(event(agentId, told));
                    events++;
                }
            } catch (BadJsonException e) {
                // It would never become better: refusing the batch would block the ones behind it.
                bad++;
                intake.countBad();
                LOG.log(
                        System.Logger.Level.WARNING,
                        "agent " + agentId + ": an alert is left out: " + e.getMessage());
            }
        }
    }

    private static int end(byte[] body, int from) {
        int at = from;
        while (at < body.length && body[at] != '\n') {
            at++;
        }
        return at;
    }

    private static ObjectNode event(String agentId, ObjectNode line) {
        String key = line.path("key").asString("");
        if (key.isEmpty() || !(line.path("alert") instanceof ObjectNode alert)) {
            throw new BadJsonException("an alert needs \"key\" and \"alert\"");
        }
        return AlertEvents.event(alert, new Origin(agentId, Origin.AGENT, "", key));
    }

    /**
     * An agent that was killed has no question here that it hears the answer of, until it asks
     * again: what is given only once is fetched by a call of its own.
     */
    private void tellOrders(String agentId, ObjectNode report, ObjectNode instructions) {
        if (report.path("fetches").asBoolean(false)) {
            if (executions.waits(agentId)) {
                instructions.put("commandsWait", true);
            }
            return;
        }
        // An agent of an older version.
        ArrayNode commands = executions.take(agentId);
        if (!commands.isEmpty()) {
            instructions.set("commands", commands);
        }
    }

    private Reply commands(Call call) {
        ObjectNode commands = Json.object();
        commands.set("commands", executions.take(call.caller().name()));
        return Reply.json(commands);
    }

    private Reply sync(Call call) {
        String agentId = call.caller().name();
        ObjectNode report = call.json();
        fleet.report(agentId, report);
        if (report.path("facts") instanceof ObjectNode facts && !facts.isEmpty()) {
            agents.update(agentId, facts.path("hostname").asString(""), facts);
        }
        long waitMs = Math.clamp(report.path("waitMs").asLong(0), 0, MAX_WAIT_MS);
        long beganNs = System.nanoTime();
        long question = fleet.question(agentId);
        Optional<ObjectNode> bundle =
                fleet.await(
                                agentId,
                                question,
                                report.path("has").asString(""),
                                waitMs,
                                () -> executions.waits(agentId))
                        .map(news -> news.json());
        ObjectNode instructions = Json.object();
        bundle.ifPresent(news -> instructions.set("bundle", news));
        if (fleet.isLast(agentId, question)) {
            tellOrders(agentId, report, instructions);
        }
        if (fleet.presence(agentId).map(Presence::containers).isEmpty()) {
            // We began anew since it told them.
            instructions.put("tellContainers", true);
        }
        // By that an agent knows how long the answer was under way.
        instructions.put("heldMs", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beganNs));
        boolean old =
                tokenMs > 0
                        && agents.byId(agentId)
                                .filter(agent -> clock.millis() - agent.tokenSinceMs() > tokenMs)
                                .isPresent();
        if (old) {
            instructions.put("rotateToken", true);
        }
        return Reply.json(instructions);
    }
}
