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

import java.util.List;

/** Files under other names, and opened by other means. */
final class FileEvasions {
    private static final String SENSITIVE = "Read sensitive file untrusted";
    private static final String MALICIOUS = "Malicious filenames written";

    private FileEvasions() {}

    static List<Evasion> all() {
        return List.of(
                caught(
                        "E01",
                        "symbolic link to the folder of a sensitive file, and `..` behind it",
                        "the path is resolved in the kernel from the opened file itself",
                        shell("ln -s /etc/. /tmp/e01; cat /tmp/e01/../etc/shadow"),
                        sign(SENSITIVE, "cat /tmp/e01/../etc/shadow")),
                caught(
                        "E02",
                        "ready-made links: /proc/self/root, /proc/self/cwd, /dev/fd",
                        "as E01",
                        shell("cd /etc; cat /proc/self/root/etc/shadow /proc/self/cwd/shadow"),
                        alert ->
                                sign(SENSITIVE, "cat /proc/self/root").test(alert)
                                        && alert.field("fd.nameraw").contains("/proc/self/cwd")),
                caught(
                        "E03",
                        "hard link to a sensitive file",
                        "by the making of the link, whose old name is told",
                        run("ln", "/etc/shadow", "/tmp/e03"),
                        sign("Link to a sensitive file", "ln /etc/shadow /tmp/e03")),
                caught(
                        "E03b",
                        "reading by a hard link that was there before",
                        "of a file with several links the kernel tells another name that rules ask"
                                + " for, if that is in its memory; the agent keeps the names there"
                                + " that rules spell out",
                        run("cat", "/tmp/e03"),
                        alert ->
                                sign(SENSITIVE, "cat /tmp/e03").test(alert)
                                        && alert.field("fd.name").equals("/etc/shadow")
                                        && alert.field("fd.nameraw").equals("/tmp/e03")),
                caught(
                        "E04",
                        "bind mount of the folder of a sensitive file",
                        "by the mount; the file itself has the path under which it was opened",
                        shell("mkdir /tmp/e04; mount -o bind /etc /tmp/e04"),
                        sign("Mount in a container", "/tmp/e04")),
                caught(
                        "E04b",
                        "reading by a bind mount that was there before",
                        "the kernel tells which name a file has besides in the process's own tree,"
                                + " and rules are asked about both",
                        run("cat", "/tmp/e04/shadow"),
                        sign(SENSITIVE, "cat /tmp/e04/shadow")),
                caught(
                        "E05",
                        "directory fd replaced by another before anyone looks it up",
                        "no lookup later: the kernel's view at the time of the call is in the"
                                + " event",
                        evader("dirfd-gone", "/etc", "shadow"),
                        sign(SENSITIVE, "evader dirfd-gone")),
                caught(
                        "E06",
                        "path rewritten by another thread while the call runs, 200 times",
                        "the opened file tells its path, not the caller's memory: every real open"
                                + " of the file is told",
                        FileEvasions::rewritten,
                        sign(SENSITIVE, "evader rewritten")),
                caught(
                        "E07",
                        "creat instead of open",
                        "each sister of a call is decoded, one test each",
                        run("/tools/victim", "write-by", "creat", "/tmp/e07a/xmrig"),
                        sign(MALICIOUS, "fd.name", "/tmp/e07a/xmrig")),
                caught(
                        "E07b",
                        "openat2",
                        "as E07",
                        run("/tools/victim", "write-by", "openat2", "/tmp/e07b/xmrig"),
                        sign(MALICIOUS, "fd.name", "/tmp/e07b/xmrig")),
                caught(
                        "E07c",
                        "open_by_handle_at",
                        "as E07; the opened file is resolved, so rules on paths see it too",
                        evader("by-handle", "/dev/shm/e07c", "/dev/shm"),
                        alert ->
                                sign("Open by handle", "evader by-handle").test(alert)
                                        && alert.field("fd.name").equals("/dev/shm/e07c")),
                caught(
                        "E07d",
                        "file renamed into place",
                        "by the rename, whose new name is told",
                        shell("echo > /tmp/e07d; mv /tmp/e07d /tmp/xmrig"),
                        sign("Renamed into place", "/tmp/xmrig")),
                caught(
                        "E08",
                        "io_uring instead of system calls",
                        "by the making of the ring",
                        evader("by-ring", "/etc/shadow"),
                        sign("Ring in a container", "evader by-ring")),
                caught(
                        "E08b",
                        "the open that a ring does",
                        "requests of a ring are told as the calls that do the same",
                        evader("by-ring", "/etc/shadow"),
                        sign(SENSITIVE, "evader by-ring")),
                caught(
                        "E22",
                        "the 32-bit entry (int 0x80) from 64-bit code",
                        "calls are decoded by the entry they came through",
                        run("/tools/victim", "write-by", "int80", "/tmp/e22/xmrig"),
                        sign(MALICIOUS, "fd.name", "/tmp/e22/xmrig")),
                elsewhere(
                        "E23",
                        "the numbers of x32",
                        "this kernel has no x32; the bit is masked, and a kernel test of the sensor"
                                + " makes such calls"),
                caught(
                        "E40",
                        "a newline, a terminal's escape and broken UTF-8 in a file name",
                        "kept as they are, escaped in each output: one alert is one line of JSON",
                        shell(
                                "mkdir /tmp/e40; printf x > \"$(printf '/tmp/e40/\\033[2J\\n"
                                        + "\\377')\"; mv /tmp/e40 /tmp/marker-e40; cat"
                                        + " /tmp/marker-e40/*"),
                        alert ->
                                sign("Marker read", "cat /tmp/marker-e40/").test(alert)
                                        && alert.field("fd.name").contains("\n")),
                caught(
                        "E42",
                        "a file deeper than a path may be long",
                        "the path keeps its end, and the event says that it was cut",
                        evader("deep", "xmrig"),
                        alert ->
                                alert.rule().equals(MALICIOUS)
                                        && alert.field("proc.cmdline").contains("evader deep")));
    }

    private static void rewritten(Range range) {
        String way = "rewritten";
        long hits =
                Long.parseLong(
                        range.exec(Range.EVADER, way, "/etc/shadow", "/etc/hostname", "200")
                                .text());
        range.settle("e06");
        assertThat(hits).isPositive();
        assertThat(range.agent().alerts().all(sign(SENSITIVE, "evader rewritten")))
                .as("each of the %d opens of the file", hits)
                .hasSize((int) hits)
                .allSatisfy(a -> assertThat(a.field("fd.name")).isEqualTo("/etc/shadow"));
    }
}
