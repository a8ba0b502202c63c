// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.e2e.evasion;

import static dev.torimono.e2e.evasion.Evasion.caught;
import static dev.torimono.e2e.evasion.Evasion.elsewhere;
import static dev.torimono.e2e.evasion.Evasion.evader;
import static dev.torimono.e2e.evasion.Evasion.run;
import static dev.torimono.e2e.evasion.Evasion.shell;
import static dev.torimono.e2e.evasion.Evasion.sign;
import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.e2e.fixture.AlertLine;
import java.util.List;

/** Programs that run without being named, and processes that are not what they say. */
final class ProcessEvasions {
    private static final String SENSITIVE = "Read sensitive file untrusted";
    private static final String DROPPED = "Drop and execute new binary in container";

    private ProcessEvasions() {}

    static List<Evasion> programs() {
        return List.of(
                caught(
                        "E10",
                        "program executed from memory (memfd)",
                        "the executed file says that it never had a name",
                        run("/tools/victim", "from-memory", "/bin/busybox", "true", "e10"),
                        sign("Fileless execution via memfd_create", "e10")),
                caught(
                        "E11",
                        "program in /dev/shm",
                        "by where the executed file lies",
                        shell("cp /bin/busybox /dev/shm/true; /dev/shm/true e11"),
                        sign("Execution from /dev/shm", "e11")),
                caught(
                        "E11b",
                        "program without a name (O_TMPFILE), run by its fd",
                        "by the layer of the executed file",
                        evader("nameless", "/tmp"),
                        sign(DROPPED, " nameless")),
                caught(
                        "E12",
                        "the dynamic loader as launcher",
                        "by the executed file, which is the loader",
                        shell(
                                "L=$(ls /lib64/ld-linux* /lib/ld-linux* 2>/dev/null | head -n 1);"
                                        + " $L /bin/bash -c 'true e12'"),
                        sign("Loader as launcher", "true e12")),
                caught(
                        "E13",
                        "script given to its interpreter",
                        "by the interpreter's arguments",
                        shell("echo true > /tmp/e13.sh; /bin/bash /tmp/e13.sh"),
                        sign(
                                "Interpreter runs a dropped script",
                                "proc.cmdline",
                                "bash /tmp/e13.sh")),
                caught(
                        "E13b",
                        "script on the interpreter's standard input",
                        "by what its standard input is when it is executed; what the script does is"
                                + " seen anyway",
                        shell("echo true | /bin/bash -s e13b"),
                        sign(
                                "Interpreter reads its script from a pipe",
                                "proc.cmdline",
                                "bash -s e13b")),
                caught(
                        "E18",
                        "the interesting argument behind 5,000 others",
                        "arguments are kept to the last byte",
                        range ->
                                range.container()
                                        .terminal(
                                                "/bin/bash",
                                                "-c",
                                                "true",
                                                "x".repeat(5000),
                                                "e18-end")
                                        .check(),
                        alert -> alert.field("proc.cmdline").endsWith("e18-end")),
                caught(
                        "E28",
                        "LD_PRELOAD",
                        "the environment is taken when a rule asks for it",
                        shell("LD_PRELOAD=/tmp/none.so /bin/true e28"),
                        sign("Preloaded library", "e28")),
                caught(
                        "E28b",
                        "/etc/ld.so.preload",
                        "by the write",
                        shell("echo > /etc/ld.so.preload; rm /etc/ld.so.preload; : e28b"),
                        sign("Preload file written", "e28b")),
                caught(
                        "E36",
                        "program written, executed and deleted within a millisecond",
                        "by the layer of the executed file; nobody has to find it afterwards",
                        evader("drop", "/tmp/e36"),
                        sign(DROPPED, " dropped")));
    }

    static List<Evasion> identities() {
        return List.of(
                caught(
                        "E14",
                        "a shell behind a link that is named like a trusted program",
                        "trust goes by the executable, not by the name",
                        shell(
                                "mkdir /tmp/e14; ln -s /bin/bash /tmp/e14/sshd;"
                                        + " /tmp/e14/sshd -c 'read l < /etc/shadow; : e14'"),
                        sign(SENSITIVE, "e14")),
                caught(
                        "E15",
                        "process that renames itself (PR_SET_NAME)",
                        "as E14",
                        evader("renamed", "/etc/shadow", "sshd"),
                        sign(SENSITIVE, "sshd renamed")),
                caught(
                        "E16",
                        "ancestors with trusted names",
                        "each ancestor has its executable beside its name",
                        shell(
                                "mkdir /tmp/e16; ln -s /bin/bash /tmp/e16/passwd;"
                                        + " /tmp/e16/passwd -c 'cat /etc/shadow; : e16'"),
                        alert ->
                                alert.rule().equals(SENSITIVE)
                                        && lineage(alert, 1, "passwd", "/bash")),
                caught(
                        "E17",
                        "child given to the grandparent (CLONE_PARENT)",
                        "lineage is who started whom, not who was made the parent",
                        evader("given-away", "/etc/shadow"),
                        alert ->
                                alert.rule().equals(SENSITIVE)
                                        && lineage(alert, 1, "evader", "/evader")
                                        && alert.lineage().get(1).cmdline().contains("given-away")),
                caught(
                        "E17b",
                        "double fork with a session of its own; the parents are gone",
                        "as E17: lineage outlives its members",
                        evader("orphan", "/etc/shadow"),
                        alert ->
                                alert.rule().equals(SENSITIVE)
                                        && lineage(alert, 1, "evader", "/evader")
                                        && alert.lineage().get(1).cmdline().contains("orphan")),
                caught(
                        "E29",
                        "injection by ptrace",
                        "by the call",
                        evader("inject", "ptrace"),
                        sign("Look into another process", "evader inject ptrace")),
                caught(
                        "E29b",
                        "injection by process_vm_writev",
                        "by the call",
                        evader("inject", "process_vm_writev"),
                        sign("Look into another process", "evader inject process_vm_writev")),
                caught(
                        "E29c",
                        "injection by /proc/PID/mem",
                        "by the open for writing",
                        evader("inject", "mem"),
                        sign("Look into another process", "evader inject mem")),
                caught(
                        "E30",
                        "a user namespace in which one is root",
                        "by the call; the user is told as the host knows him",
                        evader("as-root-of-a-namespace", "/tmp/marker-e30"),
                        alert ->
                                sign("Namespace of its own", "as-root-of-a-namespace").test(alert)
                                        && alert.field("user.uid").equals("1000")),
                caught(
                        "E32",
                        "identity changed after the exec",
                        "each event has the user of its moment",
                        evader("as-user", "/tmp/marker-e32", "1000"),
                        alert ->
                                sign("Marker read", "evader as-user").test(alert)
                                        && alert.field("user.uid").equals("1000")),
                caught(
                        "E39",
                        "uid 0 of a user namespace",
                        "as E30: outside it is 1000, and so it is told",
                        evader("as-root-of-a-namespace", "/tmp/marker-e39"),
                        alert ->
                                sign("Marker read", "/tmp/marker-e39").test(alert)
                                        && alert.field("user.uid").equals("1000")),
                caught(
                        "E43",
                        "clocks of a time namespace, years ahead",
                        "time is the kernel's own since boot, and the date of the agent's start",
                        ProcessEvasions::otherTime,
                        sign("Marker read", "cat /tmp/marker-e43")),
                elsewhere(
                        "E37",
                        "one call that is done before a kill arrives",
                        "detection only; the scenarios of enforcement measure how far a process gets"));
    }

    private static boolean lineage(AlertLine alert, int at, String name, String exe) {
        return alert.lineage().size() > at
                && alert.lineage().get(at).name().equals(name)
                && alert.lineage().get(at).exe().endsWith(exe);
    }

    private static void otherTime(Range range) {
        range.exec("cp", "/etc/hostname", "/tmp/marker-e43");
        range.exec(Range.EVADER, "other-time", "/tmp/marker-e43");
        AlertLine alert = range.await("E43", sign("Marker read", "cat /tmp/marker-e43"));
        assertThat(Math.abs(alert.arrivedEpochNs() - alert.eventTimeNs()))
                .as("ns between the event and its arrival")
                .isLessThan(60_000_000_000L);
    }
}
