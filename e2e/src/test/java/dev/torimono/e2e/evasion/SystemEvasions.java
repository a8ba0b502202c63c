// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.e2e.evasion;

import static dev.torimono.e2e.evasion.Evasion.caught;
import static dev.torimono.e2e.evasion.Evasion.elsewhere;
import static dev.torimono.e2e.evasion.Evasion.evader;
import static dev.torimono.e2e.evasion.Evasion.run;
import static dev.torimono.e2e.evasion.Evasion.shell;
import static dev.torimono.e2e.evasion.Evasion.sign;

import dev.torimono.e2e.fixture.Command;
import dev.torimono.e2e.fixture.Container;
import java.util.List;

/** Containers, the network, and the agent itself. */
final class SystemEvasions {
    private static final String SENSITIVE = "Read sensitive file untrusted";

    private SystemEvasions() {}

    static List<Evasion> all() {
        return List.of(
                caught(
                        "E09",
                        "writes by other calls than write (sendfile)",
                        "by the open for writing, without which nothing writes",
                        shell("cp /bin/busybox /tmp/kinsing; : e09"),
                        sign("Malicious filenames written", "fd.name", "/tmp/kinsing")),
                caught(
                        "E19",
                        "flags in unusual forms (`nc -ve`)",
                        "a shell on a socket is judged by its descriptors, not by flags",
                        evader("socket-shell", "e19"),
                        sign(
                                "Redirect STDOUT/STDIN to network connection in container",
                                "true e19")),
                caught(
                        "E20",
                        "the folder above a runtime's socket as a volume",
                        "by the container's mounts",
                        range -> runAnother(range, List.of("-v", "/var/run:/mnt:ro"), "e20"),
                        sign("Directory above a runtime's socket", "true e20")),
                caught(
                        "E21",
                        "privilege that no runtime tells of",
                        "capabilities are those of the process",
                        run("true", "e21"),
                        sign("Capable of administration", "true e21")),
                caught(
                        "E25",
                        "20,000 sockets to fill the kernel side's maps",
                        "what maps hold is bounded and the oldest goes; nothing is looked up there"
                                + " that decides whether an event is told",
                        range -> {
                            range.exec(Range.EVADER, "exhaust", "20000");
                            range.exec(Range.EVADER, "mapped", "1010");
                        },
                        sign("Loopback port of the test", "evader mapped 1010")),
                caught(
                        "E27",
                        "agent stopped (SIGSTOP) during the deed",
                        "late: the kernel side goes on, and what it wrote is told when the agent"
                                + " continues; kill -9 is noticed only by who misses its alerts",
                        SystemEvasions::whileStopped,
                        sign(SENSITIVE, "cat /proc/self/root/../etc/shadow")),
                caught(
                        "E31",
                        "process moved to another cgroup",
                        "the deed is told, though as the host's: by its lineage, whose members keep"
                                + " their container",
                        shell(
                                "mkdir /tmp/e31; mount -t cgroup -o pids none /tmp/e31;"
                                        + " echo $$ > /tmp/e31/cgroup.procs; cat /etc/shadow;"
                                        + " umount /tmp/e31; : e31"),
                        alert ->
                                sign(SENSITIVE, "cat /etc/shadow").test(alert)
                                        && alert.lineage().size() > 1
                                        && alert.lineage().get(1).cmdline().contains("e31")
                                        && alert.lineage().get(1).container().length() == 12),
                caught(
                        "E34",
                        "IPv4 by an IPv6 socket",
                        "told as the IPv4 connection that it is",
                        evader("mapped", "1009"),
                        sign("Loopback port of the test", "evader mapped 1009")),
                caught(
                        "E34b",
                        "abstract unix socket",
                        "its name is told like a path",
                        evader("abstract"),
                        sign("Abstract socket of the test", "evader abstract")),
                caught(
                        "E34c",
                        "raw packets",
                        "by the making of the socket",
                        evader("packet"),
                        sign("Raw packets", "evader packet")),
                caught(
                        "E35",
                        "container that is gone before anyone can ask about it",
                        "the id is the cgroup's, at the time of the event",
                        range ->
                                range.docker()
                                        .docker(
                                                "run",
                                                "--rm",
                                                "--network",
                                                "none",
                                                range.docker().images().busybox(),
                                                "cat",
                                                "/etc/../etc/shadow")
                                        .check(),
                        alert ->
                                sign(SENSITIVE, "cat /etc/../etc/shadow").test(alert)
                                        && alert.field("container.id").length() == 12),
                caught(
                        "E38",
                        "module from memory (finit_module of a memfd)",
                        "by the call, also when it is refused",
                        evader("module"),
                        sign("Kernel code from a container", "evader module")),
                caught(
                        "E38b",
                        "program for the kernel (bpf)",
                        "by the call, also when it is refused",
                        evader("bpf"),
                        sign("Kernel code from a container", "evader bpf")),
                caught(
                        "E41",
                        "image named like a trusted one behind another registry",
                        "repository and registry are parsed, never searched",
                        SystemEvasions::spoofed,
                        sign("Spoofed image", "true e41")),
                elsewhere(
                        "E24",
                        "flood before the deed",
                        "caught; a scenario of its own,"
                                + " FloodScenario: budgets per container, and the flood is an alert"),
                elsewhere(
                        "E26",
                        "the agent's maps emptied by root",
                        "caught; a scenario of its own,"
                                + " BlindnessScenario: the canary does not come back"),
                elsewhere("E33", "reverse shell without dup", "caught; see E19, which has none"),
                elsewhere(
                        "E44",
                        "forged logs at an HTTP input",
                        "the agent has no input; the" + " collector's tests are about it"),
                elsewhere(
                        "E45",
                        "serverless containers without eBPF",
                        "caught; a scenario of its own, ServerlessScenario: the launcher and its"
                                + " sidecar"));
    }

    private static void whileStopped(Range range) {
        String pid = Long.toString(range.agent().pid());
        Command.of("kill", "-STOP", pid).check();
        try {
            range.exec("cat", "/proc/self/root/../etc/shadow");
        } finally {
            Command.of("kill", "-CONT", pid).check();
        }
    }

    private static void spoofed(Range range) {
        String name = "evil.io/docker.io/falcosecurity/falco:1";
        range.docker().docker("tag", range.docker().images().busybox(), name).check();
        try (Container spoofed =
                range.docker().run(name, List.of("--network", "none"), "sleep", "1000000")) {
            // Again until the runtime has told the image.
            range.agent()
                    .alerts()
                    .awaitWhile(
                            "E41",
                            sign("Spoofed image", "true e41"),
                            () -> spoofed.exec("true", "e41").check());
        }
    }

    private static void runAnother(Range range, List<String> options, String mark) {
        List<String> all = new java.util.ArrayList<>(options);
        all.addAll(List.of("--network", "none"));
        try (Container other =
                range.docker().run(range.docker().images().busybox(), all, "sleep", "1000000")) {
            range.agent()
                    .alerts()
                    .awaitWhile(
                            mark,
                            alert ->
                                    alert.output().contains("true " + mark)
                                            && alert.rule().startsWith("Directory"),
                            () -> other.exec("true", mark).check());
        }
    }
}
