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
import dev.torimono.agent.policy.CriControl;
import dev.torimono.agent.policy.EffectiveText;
import dev.torimono.agent.policy.NodeFacts;
import dev.torimono.agent.policy.Policybook;
import dev.torimono.agent.policy.Response;
import dev.torimono.host.CriStop;
import dev.torimono.host.Host;
import dev.torimono.host.HostConfig;
import dev.torimono.model.Alert;
import dev.torimono.model.Enforcement;
import dev.torimono.response.ContainerBoard;
import dev.torimono.response.Responder;
import dev.torimono.response.ResponseCounter;
import dev.torimono.response.action.KillSwitch;
import dev.torimono.response.decision.Capabilities.Killing;
import dev.torimono.response.decision.Capabilities.Prevention;
import dev.torimono.response.decision.PolicySet;
import dev.torimono.rules.LoadResult;
import dev.torimono.rules.MatchStrategy;
import dev.torimono.sensor.KernelSensor;
import dev.torimono.sensor.process.PidFdKiller;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The policy side of one agent: loads policies beside the rules, and runs what acts on them. */
final class PolicyStage implements AutoCloseable {
    private final AgentConfig config;
    private final Log log;
    private final Policybook book;
    private final KillSwitch killSwitch;

    /** Why execs cannot be held; null where they can. */
    private final @Nullable String gateObstacle;

    private @Nullable PolicySet first;
    private volatile @Nullable PolicySet inForce;
    private @Nullable AgentException refusal;
    private volatile @Nullable Responder responder;
    private volatile @Nullable Response response;
    private volatile @Nullable ControlServer control;
    private volatile @Nullable AuditedResponse manual;
    private volatile @Nullable RecentPast past;

    private volatile @Nullable GateStage gate;
    private volatile @Nullable ContainerBoard board;

    PolicyStage(AgentConfig config, Log log) {
        this.config = config;
        this.log = log;
        this.gateObstacle = config.seccomp() == null ? KernelSensor.gateObstacle() : null;
        this.killSwitch = new KillSwitch(config.policies().killSwitch());
        this.book =
                new Policybook(
                        config.policies(),
                        NodeFacts.host(config, Hostname.of(config.run()), System.getenv(), log),
                        NodeFacts.node(
                                prevention(),
                                Killing.KERNEL,
                                sockets(config),
                                config.policies().ignoreContainerActions()));
        // What is not there at all is told before anything is set up.
        book.files();
    }

    /** Files and folders to be watched. */
    List<Path> watched() {
        return book.watched();
    }

    /**
     * Loads the policies of a start without a word; what is wrong is thrown by {@link #tell}.
     *
     * @return what is wrong; empty when nothing is
     */
    String load(LoadResult rules) {
        try {
            PolicySet loaded = book.load(rules.ruleset().rules());
            first = loaded;
            inForce = loaded;
            refusal = null;
            return "";
        } catch (AgentException e) {
            refusal = e;
            return String.valueOf(e.getMessage());
        }
    }

    /**
     * Says what is in force.
     *
     * @throws AgentException when the policies cannot be used
     */
    void tell() {
        if (refusal != null) {
            throw refusal;
        }
        tell(Objects.requireNonNull(first));
        if (gateObstacle != null) {
            log.info("gate: execs cannot be held here: " + gateObstacle);
        }
        if (config.policies().dryRun()) {
            log.warn("policies: dry run: actions are told and none is done");
        }
        if (killSwitch.engaged()) {
            log.warn("policies: no action is done: the kill switch: " + killSwitch.reason());
        }
    }

    private void tell(PolicySet set) {
        EffectiveText.tell(set, log);
        if (config.rules().matching() == MatchStrategy.FIRST) {
            set.overtaken().forEach(log::warn);
        }
    }

    /** Loads them anew beside those in force; what it returns puts them in force. */
    Runnable reload(LoadResult rules) {
        PolicySet next = book.load(rules.ruleset().rules());
        tell(next);
        return () -> {
            Objects.requireNonNull(response).use(next);
            inForce = next;
            GateStage holding = gate;
            if (holding != null) {
                holding.enforcer().use(next);
                holding.changed();
            }
        };
    }

    /** Starts what acts; to be closed before the outputs are. */
    Consequences begin(Host host, Enforcement enforcement, Consumer<Alert> sink) {
        ContainerBoard shown = new ContainerBoard();
        board = shown;
        RecentPast recent =
                new RecentPast(host, config.policies().captures(), PolicyStage::epochNs, log);
        past = recent;
        Responder.Means means =
                Responder.Means.live(
                        new PidFdKiller(),
                        sockets(config),
                        List.of(new CriControl(new CriStop(config.criSockets()))),
                        recent,
                        shown,
                        killSwitch,
                        config.policies().dryRun());
        Responder acting = new Responder(means, PolicyStage::epochNs);
        responder = acting;
        AuditedResponse byHand = AuditedResponse.of(config, means, shown, this::status, log);
        manual = byHand;
        control = ControlServer.start(config, byHand, log);
        Response deciding =
                new Response(
                        Objects.requireNonNull(first),
                        Response.World.of(host),
                        acting,
                        shown,
                        recent,
                        sink);
        response = deciding;
        Enforcer enforcer =
                new Enforcer(Objects.requireNonNull(first), enforcement, acting, deciding::tell);
        deciding.enforce(enforcer);
        GateTrouble trouble =
                new GateTrouble(InstantSource.system(), Hostname.of(config.run()), log, sink);
        GateStage holding = new GateStage(enforcement, enforcer, log, trouble);
        gate = holding;
        deciding.onTick(() -> holding.tick(deciding.policies()));
        return deciding;
    }

    /** What it has to say to a person who asks. */
    private Map<String, String> status() {
        Map<String, String> status = new LinkedHashMap<>();
        status.put("pid", Long.toString(ProcessHandle.current().pid()));
        String off = killSwitch.reason();
        status.put("actions", off.isEmpty() ? "done" : "none is done: " + off);
        if (config.policies().dryRun()) {
            status.put("actions", "told and not done: dry run");
        }
        book.tallies()
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
        GateStage holding = gate;
        if (holding != null) {
            status.putAll(holding.armed());
            status.put("gate", holding.stats());
        }
        return status;
    }

    /** What each policy asks, and what this machine does of it. */
    List<Object> effective() {
        PolicySet now = inForce;
        return now == null ? List.of() : EffectiveText.told(now);
    }

    /** The containers of this machine, for its collector; waits for the pipeline to show them. */
    Map<String, Object> containers() {
        ContainerBoard shown = board;
        GateStage holding = gate;
        return Inventory.of(
                shown == null ? List.of() : shown.all(),
                holding == null ? List.of() : holding.containers());
    }

    /** Does what somebody asks, within the guards. */
    Answer respond(String who, Request request) {
        AuditedResponse byHand = manual;
        return byHand == null
                ? Answer.refused("control.enabled is off: no manual responses here")
                : byHand.answer(who, request);
    }

    /** Where held execs are judged; before the first event. */
    void sit(Bench bench) {
        Objects.requireNonNull(gate).sit(bench);
    }

    /** A cgroup became known: a container may have begun. */
    void cgroupSeen() {
        GateStage holding = gate;
        if (holding != null) {
            holding.changed();
        }
    }

    /** What was done and left undone, as {@code name=value}; without zeros. */
    String stats() {
        Responder acting = responder;
        StringJoiner line = new StringJoiner(" ");
        if (acting != null) {
            for (ResponseCounter counter : ResponseCounter.values()) {
                long count = acting.counters().get(counter);
                if (count > 0) {
                    line.add(counter.name().toLowerCase(Locale.ROOT) + "=" + count);
                }
            }
        }
        GateStage holding = gate;
        return holding == null ? line.toString() : (line + " " + holding.stats()).strip();
    }

    @Override
    public void close() {
        ControlServer listening = control;
        if (listening != null) {
            listening.close();
        }
        GateStage holding = gate;
        if (holding != null) {
            holding.close();
        }
        Responder acting = responder;
        if (acting != null) {
            acting.close();
        }
        RecentPast saving = past;
        if (saving != null) {
            saving.close();
        }
    }

    private Prevention prevention() {
        if (config.seccomp() != null) {
            return Prevention.SECCOMP;
        }
        if (gateObstacle != null) {
            return Prevention.NONE;
        }
        return KernelSensor.refusalObstacle().isEmpty() ? Prevention.LSM : Prevention.FANOTIFY;
    }

    private static List<Path> sockets(AgentConfig config) {
        return config.dockerSockets().isEmpty()
                ? HostConfig.defaultDockerSockets()
                : config.dockerSockets();
    }

    private static long epochNs() {
        java.time.Instant now = java.time.Instant.now();
        return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }
}
