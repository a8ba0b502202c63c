// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.api;

import dev.torimono.collector.event.Json;
import dev.torimono.collector.fleet.Agents;
import dev.torimono.collector.fleet.Agents.Agent;
import dev.torimono.collector.respond.AcquiredFiles;
import dev.torimono.collector.respond.AcquiredFiles.Part;
import dev.torimono.collector.respond.ActionType;
import dev.torimono.collector.respond.Execution;
import dev.torimono.collector.respond.Execution.Asked;
import dev.torimono.collector.respond.Executions;
import dev.torimono.collector.respond.Executions.Order;
import dev.torimono.collector.web.Access;
import dev.torimono.collector.web.ApiException;
import dev.torimono.collector.web.Call;
import dev.torimono.collector.web.Reply;
import dev.torimono.collector.web.Route;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Having agents do something, in the shape of Sysdig's response actions. */
final class ResponsesApi {
    static final String PATH = "/secure/response-actions/v1alpha1";
    private static final String EXECUTIONS = PATH + "/action-executions";
    private static final long DEFAULT_TTL_S = 30;
    private static final long MIN_TTL_S = 2;
    private static final long MAX_TTL_S = 300;
    private static final long DEFAULT_LIMIT = 50;
    private static final long MAX_LIMIT = 1000;
    private static final int MAX_VALUE_CHARS = 4096;
    private static final int FILE_MB = 9;

    private final Executions executions;
    private final AcquiredFiles files;
    private final Agents agents;
    private final Possibilities possibilities;

    ResponsesApi(
            Executions executions,
            AcquiredFiles files,
            Agents agents,
            Possibilities possibilities) {
        this.executions = executions;
        this.files = files;
        this.agents = agents;
        this.possibilities = possibilities;
    }

    List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        routes.add(
                Route.get(
                                PATH + "/actions",
                                Access.ANALYST,
                                "What can be done about an event",
                                possibilities::reply)
                        .query("eventId", "context")
                        .gives("ResponseActions"));
        routes.add(
                Route.post(EXECUTIONS, Access.ANALYST, "Have an agent do something", this::ask)
                        .takes("NewExecution")
                        .gives("Execution"));
        routes.add(
                Route.get(EXECUTIONS, Access.ANALYST, "What was asked of agents", this::list)
                        .query("limit", "status", "eventId", "agentId")
                        .gives("Executions"));
        routes.add(
                Route.get(
                                EXECUTIONS + "/{id}",
                                Access.ANALYST,
                                "One, and what came of it",
                                call -> Reply.json(json(existing(call))))
                        .gives("Execution"));
        routes.add(
                Route.delete(
                                EXECUTIONS + "/{id}",
                                Access.ANALYST,
                                "Call it off, or take it back",
                                this::undo)
                        .gives("Execution"));
        routes.add(
                Route.get(
                                EXECUTIONS + "/{id}/acquired-file",
                                Access.ANALYST,
                                "The file that was acquired",
                                this::file)
                        .handsOut());
        routes.add(
                Route.post(
                                "/fleet/v1/responses/{id}",
                                Access.AGENT,
                                "Tell what came of it",
                                this::answered)
                        .takes("ResponseAnswer"));
        routes.add(
                Route.post(
                                "/fleet/v1/responses/{id}/file",
                                Access.AGENT,
                                "Hand in an acquired file, or a part of it",
                                this::handedIn)
                        .query("offset", "total", "sha256")
                        .upTo(FILE_MB));
        return routes;
    }

    private Reply ask(Call call) {
        ObjectNode given = call.json();
        ActionType type = ActionType.parse(given.path("actionType").asString(""));
        if (type == null) {
            throw ApiException.invalid(
                    "actionType: must be one of " + List.of(ActionType.values()));
        }
        ObjectNode parameters = parameters(type, given.path("parameters"));
        Agent agent = agent(parameters.path("host.id").asString(""));
        JsonNode ttl = given.path("ttlSeconds");
        long ttlS = ttl.isMissingNode() ? DEFAULT_TTL_S : ttl.asLong(0);
        if (ttlS < MIN_TTL_S || ttlS > MAX_TTL_S) {
            throw ApiException.invalid(
                    "ttlSeconds: must be from " + MIN_TTL_S + " to " + MAX_TTL_S);
        }
        Asked asked =
                new Asked(
                        call.caller().name(),
                        TriageApi.text(given, "callerId"),
                        TriageApi.text(given, "reason"),
                        TriageApi.text(given, "eventId"));
        boolean dryRun = given.path("dryRun").asBoolean(false);
        return Reply.created(
                        order(
                                new Order(
                                        type,
                                        agent.id(),
                                        agent.hostname(),
                                        parameters,
                                        asked,
                                        dryRun,
                                        TimeUnit.SECONDS.toMillis(ttlS),
                                        "")))
                .about(given);
    }

    private ObjectNode order(Order order) {
        return executions
                .ask(order)
                .orElseThrow(
                        () ->
                                new ApiException(
                                        ApiException.TOO_MANY,
                                        "too_many",
                                        "too much waits for this agent already"))
                .json();
    }

    private static ObjectNode parameters(ActionType type, JsonNode given) {
        ObjectNode parameters = Json.object();
        for (ActionType.Param param : type.params()) {
            JsonNode value = given.path(param.name());
            boolean there = value.isString() || value.isNumber() || value.isBoolean();
            String text = there ? value.asString("") : "";
            if (param.required() && text.isEmpty()) {
                throw ApiException.invalid("parameters." + param.name() + ": must be there");
            }
            if (text.length() > MAX_VALUE_CHARS) {
                throw ApiException.invalid("parameters." + param.name() + ": is too long");
            }
            if (there) {
                parameters.set(param.name(), value);
            }
        }
        given.propertyNames()
                .forEach(
                        name -> {
                            boolean known =
                                    type.params().stream()
                                            .anyMatch(param -> param.name().equals(name));
                            if (!known) {
                                throw ApiException.invalid(
                                        "parameters." + name + ": " + type + " takes none");
                            }
                        });
        return parameters;
    }

    /** By id, or by the name of its machine where only one has it. */
    private Agent agent(String named) {
        List<Agent> found =
                agents.all().stream()
                        .filter(agent -> !agent.revoked())
                        .filter(agent -> agent.id().equals(named) || agent.hostname().equals(named))
                        .toList();
        if (found.size() != 1) {
            throw ApiException.invalid(
                    "parameters.host.id: "
                            + (found.isEmpty() ? "no agent is " : "several agents are ")
                            + named);
        }
        return found.getFirst();
    }

    private Reply list(Call call) {
        int limit = (int) call.query("limit", DEFAULT_LIMIT, 1, MAX_LIMIT);
        ArrayNode data = Json.array();
        executions
                .latest(
                        limit,
                        call.query("status", ""),
                        call.query("eventId", ""),
                        call.query("agentId", ""))
                .forEach(one -> data.add(json(one)));
        ObjectNode body = Json.object();
        body.set("data", data);
        return Reply.json(body);
    }

    private Execution existing(Call call) {
        executions.expire();
        return executions
                .byId(call.text("id"))
                .orElseThrow(() -> ApiException.notFound("execution " + call.text("id")));
    }

    private Reply undo(Call call) {
        Execution done = existing(call);
        if (executions.cancel(done.id(), call.caller().name())) {
            return Reply.json(existing(call).json());
        }
        ActionType undo = done.type().undo();
        if (undo == null || !done.isUndoable()) {
            String why = done.undoObstacle();
            throw ApiException.conflict(
                    done.type()
                            + ": "
                            + (why.isEmpty()
                                    ? "there is nothing to take back of " + done.id()
                                    : why));
        }
        ObjectNode parameters = Json.object();
        parameters.set("host.id", done.parameters().path("host.id"));
        if (undo == ActionType.FILE_UNQUARANTINE) {
            parameters.put("quarantined_file_path", done.outputs().path("id").asString(""));
        } else {
            // What has ended is known to its runtime by the whole id, which the agent told.
            JsonNode whole = done.outputs().path("container");
            parameters.set(
                    "container.id",
                    whole.isString() ? whole : done.parameters().path("container.id"));
        }
        Asked asked =
                new Asked(
                        call.caller().name(),
                        done.asked().callerId(),
                        "takes back " + done.id(),
                        done.asked().eventId());
        return Reply.json(
                        order(
                                new Order(
                                        undo,
                                        done.agentId(),
                                        done.hostname(),
                                        parameters,
                                        asked,
                                        false,
                                        TimeUnit.SECONDS.toMillis(DEFAULT_TTL_S),
                                        done.id())))
                .about(parameters);
    }

    private Reply file(Call call) {
        Execution of = existing(call);
        Path file =
                files.file(of.id())
                        .orElseThrow(
                                () ->
                                        ApiException.notFound(
                                                "file of "
                                                        + of.id()
                                                        + ": it was not handed in: larger files"
                                                        + " stay on their machine"));
        return Reply.download(file, name(of));
    }

    /**
     * What it was called where it came from, as far as every system can have a file of that name.
     */
    private static String name(Execution of) {
        String path = of.parameters().path("path.absolute").asString("");
        String name = path.substring(path.lastIndexOf('/') + 1).replaceAll("[^A-Za-z0-9._-]", "_");
        return name.isEmpty() || name.startsWith(".") ? "acquired" : name;
    }

    /** With what of it was handed in. */
    private ObjectNode json(Execution of) {
        ObjectNode json = of.json();
        if (of.type() == ActionType.FILE_ACQUIRE) {
            json.put(
                    "fileBytes",
                    files.file(of.id()).map(file -> file.toFile().length()).orElse(-1L));
        }
        return json;
    }

    private Reply answered(Call call) {
        if (!executions.answered(call.caller().name(), call.text("id"), call.json())) {
            throw ApiException.notFound("execution " + call.text("id"));
        }
        return Reply.nothing();
    }

    private Reply handedIn(Call call) {
        Execution of =
                executions
                        .byId(call.text("id"))
                        .filter(one -> one.agentId().equals(call.caller().name()))
                        .filter(one -> one.type() == ActionType.FILE_ACQUIRE && !one.dryRun())
                        .filter(one -> one.outcome().equals("done"))
                        .orElseThrow(() -> ApiException.notFound("execution " + call.text("id")));
        if (call.query("total", "").isEmpty()) {
            files.keep(of.id(), call.body());
            return Reply.nothing();
        }
        Part part =
                new Part(
                        call.query("offset", 0, 0, Long.MAX_VALUE),
                        call.query("total", 0, 0, Long.MAX_VALUE),
                        call.query("sha256", ""));
        try {
            files.append(of.id(), part, call.body());
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid(String.valueOf(e.getMessage()));
        }
        return Reply.nothing();
    }
}
