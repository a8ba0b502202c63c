// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent;

import dev.torimono.agent.config.AgentConfig;
import dev.torimono.agent.control.Answer;
import dev.torimono.agent.control.Request;
import dev.torimono.agent.enforce.Bench;
import dev.torimono.agent.fleet.Inventory;
import dev.torimono.agent.policy.EffectiveText;
import dev.torimono.agent.policy.NodeFacts;
import dev.torimono.agent.policy.Policybook;
import dev.torimono.host.Host;
import dev.torimono.model.Alert;
import dev.torimono.model.Enforcement;
import dev.torimono.response.action.KillSwitch;
import dev.torimono.response.decision.Capabilities.Killing;
import dev.torimono.response.decision.Capabilities.Prevention;
import dev.torimono.response.decision.PolicySet;
import dev.torimono.rules.LoadResult;
import dev.torimono.rules.MatchStrategy;
import dev.torimono.sensor.KernelSensor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    private volatile @Nullable Acting acting;

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
                                Acting.dockerSockets(config),
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
            set.acting().overtaken().forEach(log::warn);
        }
    }

    /** Loads them anew beside those in force; what it returns puts them in force. */
    Runnable reload(LoadResult rules) {
        PolicySet next = book.load(rules.ruleset().rules());
        tell(next);
        return () -> {
            inForce = next;
            Objects.requireNonNull(acting).use(next);
        };
    }

    /** Starts what acts; to be closed before the outputs are. */
    Consequences begin(Host host, Enforcement enforcement, Consumer<Alert> sink) {
        Acting started =
                new Acting(
                        config,
                        Objects.requireNonNull(first),
                        new Acting.World(host, enforcement, sink),
                        new Acting.Told(killSwitch, book.tallies()),
                        log);
        acting = started;
        return started.consequences();
    }

    /** What each policy asks, and what this machine does of it. */
    List<Object> effective() {
        PolicySet now = inForce;
        return now == null ? List.of() : EffectiveText.told(now);
    }

    /** The containers of this machine, for its collector; waits for the pipeline to show them. */
    Map<String, Object> containers() {
        Acting started = acting;
        return started == null ? Inventory.of(List.of(), List.of()) : started.containers();
    }

    /** Does what somebody asks, within the guards. */
    Answer respond(String who, Request request) {
        Acting started = acting;
        return started == null
                ? Answer.refused("the agent is still starting: no manual responses yet")
                : started.respond(who, request);
    }

    /** Where held execs are judged; before the first event. */
    void sit(Bench bench) {
        Objects.requireNonNull(acting).sit(bench);
    }

    /** A cgroup became known: a container may have begun. */
    void cgroupSeen() {
        Acting started = acting;
        if (started != null) {
            started.cgroupSeen();
        }
    }

    /** What was done and left undone, as {@code name=value}; without zeros. */
    String stats() {
        Acting started = acting;
        return started == null ? "" : started.stats();
    }

    @Override
    public void close() {
        Acting started = acting;
        if (started != null) {
            started.close();
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
}
