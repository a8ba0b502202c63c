// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent;

import dev.torimono.agent.capture.RecentPast;
import dev.torimono.agent.config.AgentConfig;
import dev.torimono.agent.control.Answer;
import dev.torimono.agent.control.AuditedResponse;
import dev.torimono.agent.control.ControlServer;
import dev.torimono.agent.control.Request;
import dev.torimono.agent.enforce.Bench;
import dev.torimono.agent.enforce.Enforcer;
import dev.torimono.agent.fleet.Inventory;
import dev.torimono.agent.malware.MalwareWatch;
import dev.torimono.agent.policy.CriControl;
import dev.torimono.agent.policy.Response;
import dev.torimono.host.CriStop;
import dev.torimono.host.Host;
import dev.torimono.host.HostConfig;
import dev.torimono.model.Alert;
import dev.torimono.model.Enforcement;
import dev.torimono.model.Epoch;
import dev.torimono.response.ContainerBoard;
import dev.torimono.response.Means;
import dev.torimono.response.Responder;
import dev.torimono.response.ResponseCounter;
import dev.torimono.response.action.KillSwitch;
import dev.torimono.response.decision.PolicySet;
import dev.torimono.response.decision.Tallies;
import dev.torimono.sensor.process.PidFdKiller;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What acts in one agent, on policies, on held execs and for people: there while it works. */
final class Acting implements AutoCloseable {
    private final AgentConfig config;
    private final Told told;
    private final ContainerBoard board = new ContainerBoard();
    private final RecentPast past;
    private final Responder responder;
    private final Response response;
    private final MalwareWatch malware;
    private final GateStage gate;
    private final @Nullable AuditedResponse byHand;
    private final @Nullable ControlServer control;

    /** Where it acts, and who is told. */
    record World(Host host, Enforcement enforcement, Consumer<Alert> sink) {}

    /** What people who ask are told of policies. */
    record Told(KillSwitch killSwitch, Tallies tallies) {}

    Acting(AgentConfig config, PolicySet policies, World world, Told told, Log log) {
        this.config = config;
        this.told = told;
        this.past =
                new RecentPast(world.host(), config.policies().captures(), Acting::epochNs, log);
        Means means =
                Means.live(
                        new PidFdKiller(),
                        world.enforcement()::place,
                        dockerSockets(config),
                        List.of(new CriControl(new CriStop(config.criSockets()))),
                        past,
                        board,
                        told.killSwitch(),
                        config.policies().dryRun());
        this.responder = new Responder(means, Acting::epochNs);
        this.response =
                new Response(
                        policies,
                        dev.torimono.agent.policy.World.of(world.host()),
                        responder,
                        board,
                        past,
                        world.sink());
        Enforcer enforcer = new Enforcer(policies, world.enforcement(), responder, response::tell);
        response.enforce(enforcer);
        this.malware = new MalwareWatch(response::tell);
        enforcer.hash(malware.beforehand());
        GateTrouble trouble =
                new GateTrouble(
                        InstantSource.system(), Hostname.of(config.run()), log, world.sink());
        this.gate = new GateStage(world.enforcement(), enforcer, log, trouble);
        response.onTick(() -> gate.tick(response.policies()));
        this.byHand = AuditedResponse.of(config, means, board, this::status, log);
        this.control = ControlServer.start(config, byHand, log);
    }

    Consequences consequences() {
        return response;
    }

    /** Puts other policies in force; on the pipeline's thread. */
    void use(PolicySet next) {
        response.use(next);
        gate.enforcer().use(next);
        gate.changed();
    }

    /** What it has to say to a person who asks. */
    private Map<String, String> status() {
        Map<String, String> status = new LinkedHashMap<>();
        status.put("pid", Long.toString(ProcessHandle.current().pid()));
        String off = told.killSwitch().reason();
        status.put("actions", off.isEmpty() ? "done" : "none is done: " + off);
        if (config.policies().dryRun()) {
            status.put("actions", "told and not done: dry run");
        }
        told.tallies()
                .all()
                .forEach(
                        (name, tally) ->
                                status.put(
                                        "policy \"" + name + "\"",
                                        "findings "
                                                + tally.findings()
                                                + ", exempted "
                                                + tally.exempted()
                                                + ", acted on "
                                                + tally.planned()
                                                + ", would have acted on "
                                                + tally.wouldHave()));
        status.putAll(gate.armed());
        String held = gate.stats();
        status.put("gate", held.isEmpty() ? "nothing was held" : held);
        return status;
    }

    Map<String, Object> containers() {
        return Inventory.of(board.all(), gate.containers());
    }

    Answer respond(String who, Request request) {
        return byHand == null
                ? Answer.refused("control.socket is empty: no manual responses here")
                : byHand.answer(who, request);
    }

    void sit(Bench bench) {
        gate.sit(bench);
        response.look(malware, bench::alert);
    }

    void cgroupSeen() {
        gate.changed();
    }

    String stats() {
        StringJoiner line = new StringJoiner(" ");
        for (ResponseCounter counter : ResponseCounter.values()) {
            long count = responder.counters().get(counter);
            if (count > 0) {
                line.add(counter.name().toLowerCase(Locale.ROOT) + "=" + count);
            }
        }
        line.add(gate.stats()).add(malware.stats());
        return line.toString().strip();
    }

    @Override
    public void close() {
        if (control != null) {
            control.close();
        }
        gate.close();
        malware.close();
        responder.close();
        past.close();
    }

    static List<Path> dockerSockets(AgentConfig config) {
        return config.dockerSockets().isEmpty()
                ? HostConfig.defaultDockerSockets()
                : config.dockerSockets();
    }

    private static long epochNs() {
        return Epoch.ns(Instant.now());
    }
}
