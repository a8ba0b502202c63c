// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.cli;

import dev.torimono.agent.AgentException;
import dev.torimono.agent.config.AgentConfig;
import dev.torimono.agent.control.ControlClient;
import dev.torimono.agent.control.Request;
import dev.torimono.model.Demand;
import dev.torimono.sensor.Canary;
import dev.torimono.sensor.Capability;
import dev.torimono.sensor.Hook;
import dev.torimono.sensor.KernelProbe;
import dev.torimono.sensor.KernelReport;
import dev.torimono.sensor.KernelSensor;
import dev.torimono.sensor.Lockdown;
import dev.torimono.sensor.ProgramType;
import dev.torimono.sensor.SensorConfig;
import dev.torimono.sensor.SensorException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What works on this machine.
 *
 * @param kernel what the kernel allows
 * @param plan where the sensor attaches; empty when it cannot
 * @param filter what the kernel leaves out of it by what the shipped rules need
 * @param runtimes container runtimes
 * @param agent what an agent that runs here says of itself; empty when none answers
 * @param problems what keeps the agent from working, each with what to do
 * @param notes what it works without
 */
record Diagnosis(
        KernelReport kernel,
        List<Hook> plan,
        String filter,
        List<RuntimeProbe.Found> runtimes,
        Map<String, String> agent,
        List<String> problems,
        List<String> notes) {
    private static final int SMALL_RING = 1 << 16;
    private static final long CANARY_POLL_MS = 20;
    private static final long CANARY_PATIENCE_MS = 2_000;
    private static final int CANARY_TRIES = 4;

    /** Tries everything; takes about a second and leaves nothing behind. */
    static Diagnosis make(Demand demand, AgentConfig config) {
        KernelReport kernel = KernelProbe.inspect();
        List<String> problems = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        missing(kernel, problems);
        Attached attached =
                problems.isEmpty() ? attach(demand, problems) : new Attached(List.of(), "-");
        List<RuntimeProbe.Found> runtimes =
                RuntimeProbe.all(config.dockerSockets(), config.criSockets());
        weaknesses(kernel, runtimes, notes);
        return new Diagnosis(
                kernel,
                attached.plan(),
                attached.filter(),
                runtimes,
                agent(config),
                problems,
                notes);
    }

    /**
     * The same from within an agent: it attached already what a diagnosis would try to attach, and
     * would only ask itself.
     */
    static Diagnosis beside(AgentConfig config) {
        KernelReport kernel = KernelProbe.inspect();
        List<String> problems = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        missing(kernel, problems);
        List<RuntimeProbe.Found> runtimes =
                RuntimeProbe.all(config.dockerSockets(), config.criSockets());
        weaknesses(kernel, runtimes, notes);
        return new Diagnosis(kernel, List.of(), "-", runtimes, Map.of(), problems, notes);
    }

    /** Nobody need be running for a diagnosis. */
    private static Map<String, String> agent(AgentConfig config) {
        AgentConfig.Control control = config.control();
        if (control == null || !Files.exists(control.socket())) {
            return Map.of();
        }
        try {
            return new ControlClient(control.socket())
                    .ask(new Request("status", "", "", false, ""))
                    .facts();
        } catch (AgentException e) {
            return Map.of("agent", String.valueOf(e.getMessage()));
        }
    }

    private static void missing(KernelReport kernel, List<String> problems) {
        if (!Permissions.mayLoad(kernel)) {
            problems.add("no CAP_BPF and CAP_PERFMON: run as root, or grant both");
        }
        if (!kernel.btf()) {
            problems.add(
                    "/sys/kernel/btf/vmlinux is missing: use a kernel built with"
                            + " CONFIG_DEBUG_INFO_BTF, 5.13 or later");
        }
        if (!kernel.libbpf()) {
            problems.add("libbpf.so.1 is missing: install the package libbpf1");
        }
        if (kernel.lockdown() == Lockdown.CONFIDENTIALITY) {
            problems.add(
                    "the kernel is locked down for confidentiality: boot with lockdown=integrity");
        }
        if (problems.isEmpty() && !kernel.works(ProgramType.TP_BTF)) {
            problems.add(
                    "the kernel refuses typed tracepoints: "
                            + kernel.programs().get(ProgramType.TP_BTF));
        }
    }

    /** An act of our own must come back by every way that events take. */
    private static void canary(KernelSensor sensor, List<String> problems) {
        AtomicBoolean heard = new AtomicBoolean();
        Thread reader =
                Thread.ofPlatform()
                        .daemon()
                        .name("reader")
                        .start(
                                () -> {
                                    while (!heard.get()) {
                                        sensor.poll(event -> {}, CANARY_POLL_MS);
                                    }
                                });
        try {
            Set<Canary.Way> missing = sensor.canary().sing(CANARY_PATIENCE_MS);
            // The small rings of a try fill at once on a busy machine; once may be bad luck.
            for (int i = 1; i < CANARY_TRIES && !missing.isEmpty(); i++) {
                missing = sensor.canary().sing(CANARY_PATIENCE_MS);
            }
            for (Canary.Way way : missing) {
                problems.add("nothing comes back from the kernel by " + way.meaning());
            }
            heard.set(true);
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private record Attached(List<Hook> plan, String filter) {}

    private static Attached attach(Demand demand, List<String> problems) {
        SensorConfig small = new SensorConfig(SMALL_RING, SMALL_RING, false);
        try (KernelSensor sensor = KernelSensor.open(small)) {
            sensor.subscribe(demand);
            canary(sensor, problems);
            return new Attached(sensor.attachPlan(), sensor.filter());
        } catch (SensorException e) {
            problems.add(String.valueOf(e.getMessage()));
            return new Attached(List.of(), "-");
        }
    }

    private static void weaknesses(
            KernelReport kernel, List<RuntimeProbe.Found> runtimes, List<String> notes) {
        if (kernel.securityModules().isEmpty()) {
            notes.add(
                    "/sys/kernel/security is not mounted, so security modules and lockdown are not"
                            + " known: mount -t securityfs securityfs /sys/kernel/security");
        } else if (!kernel.securityModules().contains("bpf")) {
            notes.add(
                    "bpf is not among the security modules in force: boot with lsm=…,bpf to let BPF"
                            + " refuse operations");
        }
        if (!kernel.capabilities().contains(Capability.CAP_SYS_PTRACE)) {
            notes.add(
                    "no CAP_SYS_PTRACE: files of other users' processes in /proc are not readable");
        }
        if (runtimes.isEmpty()) {
            notes.add(
                    "no container runtime found: containers are told by id only, without name and"
                            + " image; name its socket in host.docker-sockets or host.cri-sockets");
        }
        notes.addAll(RuntimeProbe.silent(runtimes));
    }

    boolean healthy() {
        return problems.isEmpty();
    }
}
