// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.action;

import dev.torimono.model.Container;
import dev.torimono.response.decision.PlannedAction;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What no policy may do: end the host's first process, the agent, what runs containers, or anything
 * that is no longer where the policy's scope saw it. Each objection has a reason. Any thread.
 */
public final class Guards {
    /** Programs that keep containers running; protected where they run as root on the host. */
    private static final Set<String> RUNTIMES =
            Set.of(
                    "dockerd",
                    "docker-proxy",
                    "containerd",
                    "containerd-shim",
                    "containerd-shim-runc-v1",
                    "containerd-shim-runc-v2",
                    "runc",
                    "crun",
                    "crio",
                    "conmon",
                    "conmonrs",
                    "podman",
                    "kubelet",
                    "k3s",
                    "k3s-server",
                    "k3s-agent",
                    "rke2",
                    "systemd");

    /** Where only root puts programs: a name alone would protect whatever calls itself kubelet. */
    private static final List<String> PROGRAM_FOLDERS =
            List.of("/usr/", "/bin/", "/sbin/", "/lib/", "/opt/", "/snap/", "/var/lib/rancher/");

    private final ProcFiles proc;
    private final long self;
    private final KillSwitch killSwitch;
    private final RateLimits limits;
    private final boolean dryRun;

    /**
     * The guards of one agent.
     *
     * @param proc where processes are looked up
     * @param self the agent's own process id
     * @param killSwitch stops everything
     * @param limits how much policies may do
     * @param dryRun whether actions are only told
     */
    public Guards(
            ProcFiles proc, long self, KillSwitch killSwitch, RateLimits limits, boolean dryRun) {
        this.proc = proc;
        this.self = self;
        this.killSwitch = killSwitch;
        this.limits = limits;
        this.dryRun = dryRun;
    }

    /** Whether actions are only told. */
    public boolean dryRun() {
        return dryRun;
    }

    /** Objections that hold for every action; empty when there are none. */
    public Optional<String> objectToAll() {
        String reason = killSwitch.reason();
        return reason.isEmpty()
                ? Optional.empty()
                : Optional.of("the kill switch is engaged: " + reason);
    }

    /** Takes a kill from the rate limits; empty when it was granted. */
    Optional<String> grantKill(PlannedAction planned, Target target) {
        return nonEmpty(limits.takeKill(planned.policy(), target.workload(), planned.limits()));
    }

    /** Takes a container action from the rate limits; empty when it was granted. */
    public Optional<String> grantContainer(PlannedAction planned) {
        return nonEmpty(limits.takeContainer(planned.policy(), planned.limits()));
    }

    /**
     * Objections to ending a process; empty when there are none. To be asked while the process is
     * held, so that what is read is of that very process.
     *
     * @param container where the policy's scope saw it; null on the host
     */
    Optional<String> objectToKill(long pid, @Nullable Container container) {
        if (pid <= 1) {
            return Optional.of("process 1 of the host is never killed");
        }
        if (pid == self) {
            return Optional.of("the agent is never killed");
        }
        Optional<ProcessFacts> facts = proc.process(pid);
        if (facts.isEmpty()) {
            return Optional.empty();
        }
        if (facts.get().kernelThread()) {
            return Optional.of("kernel threads are never killed");
        }
        if (isRuntime(pid)) {
            return Optional.of("container runtimes are never killed: " + proc.exe(pid));
        }
        if (container != null && !isIn(pid, container)) {
            return Optional.of("it is not in container " + container.id() + " any more");
        }
        return Optional.empty();
    }

    /** Objections to acting on a container; empty when there are none. */
    public Optional<String> objectToContainer(@Nullable Container container) {
        if (container == null) {
            return Optional.of("it happened on the host: there is no container to act on");
        }
        return isIn(self, container)
                ? Optional.of("the agent's own container is never acted on")
                : Optional.empty();
    }

    /** Objections to taking a program away; empty when no process that is protected runs it. */
    public Optional<String> objectToFile(String path) {
        for (ProcessFacts process : proc.all()) {
            long pid = process.pid();
            boolean guarded = pid == 1 || pid == self || isRuntime(pid);
            if (guarded && proc.exe(pid).equals(path)) {
                return Optional.of("process " + pid + ", which is never ended, runs it");
            }
        }
        return Optional.empty();
    }

    private boolean isIn(long pid, Container container) {
        return proc.cgroups(pid).stream().anyMatch(line -> line.contains(container.fullId()));
    }

    private boolean isRuntime(long pid) {
        String exe = proc.exe(pid);
        String path = exe.endsWith(" (deleted)") ? exe.substring(0, exe.length() - 10) : exe;
        return RUNTIMES.contains(path.substring(path.lastIndexOf('/') + 1))
                && PROGRAM_FOLDERS.stream().anyMatch(path::startsWith)
                && proc.uid(pid) == 0
                && isHostProcess(pid);
    }

    /** Where namespaces cannot be read, it counts as the host's: rather protect too much. */
    private boolean isHostProcess(long pid) {
        String namespace = proc.pidNamespace(pid);
        String host = proc.pidNamespace(1);
        return namespace.isEmpty() || host.isEmpty() || namespace.equals(host);
    }

    private static Optional<String> nonEmpty(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }
}
