// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.seccomp;

import static dev.torimono.sensor.seccomp.Told.demand;
import static dev.torimono.sensor.seccomp.Told.exec;
import static dev.torimono.sensor.seccomp.Told.object;
import static dev.torimono.sensor.seccomp.Told.open;
import static dev.torimono.sensor.seccomp.Told.opens;
import static dev.torimono.sensor.seccomp.Told.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.model.Event;
import dev.torimono.sensor.KernelTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls of real programs, told and answered. */
@KernelTest
class SeccompSensorTest {
    @TempDir private Path folder;

    @Test
    void writtenFileIsToldByWhereItReallyLies() throws Exception {
        try (Cover cover = new Cover(folder, opens())) {
            cover.look(1000);
            Files.createDirectories(folder.resolve("real"));
            Files.createSymbolicLink(folder.resolve("link"), folder.resolve("real"));
            Files.createSymbolicLink(folder.resolve("late"), folder.resolve("real/made"));
            cover.run(
                    "sh",
                    "-c",
                    "cd %s/link && echo 1 >../link/./one; echo 2 >%s/late; echo 3 >/proc/self/cwd/two"
                            .formatted(folder, folder));
            String real = folder.toRealPath() + "/real/";
            Event one = cover.event(open("/one"));
            assertThat(object(one)).isEqualTo(real + "one");
            assertThat(text(one, "name")).isEqualTo("../link/./one");
            assertThat(one.number(0)).isGreaterThanOrEqualTo(0);
            assertThat(object(cover.event(open("/made")))).isEqualTo(real + "made");
            assertThat(object(cover.event(open("/two")))).isEqualTo(real + "two");
        }
    }

    @Test
    void openThatMustFailIsToldAsFailed() throws Exception {
        try (Cover cover = new Cover(folder, opens())) {
            cover.look(1000);
            Files.writeString(folder.resolve("there"), "");
            String there = folder.resolve("there").toString();
            cover.run("perl", "-MFcntl", "-e", "sysopen(F, $ARGV[0], O_CREAT|O_EXCL)", there);
            cover.run("perl", "-MFcntl", "-e", "sysopen(F, $ARGV[0], O_WRONLY)", there + "/no");
            cover.run("perl", "-MFcntl", "-e", "sysopen(F, $ARGV[0], O_WRONLY)", "/");
            assertThat(cover.event(open("/there")).number(0)).isEqualTo(-17);
            assertThat(cover.event(open("/no")).number(0)).isEqualTo(-2);
            assertThat(cover.event(e -> open("/").test(e) && e.number(0) < 0).number(0))
                    .isEqualTo(-21);
        }
    }

    @Test
    void execIsToldWithArgumentsAndParent() throws Exception {
        try (Cover cover = new Cover(folder, demand())) {
            cover.look(1000);
            Process process = cover.program("sh", "-c", "/bin/true 'a b' c; :").start();
            long pid = process.pid();
            Cover.end(process);
            Event event = cover.event(exec("/true"));
            assertThat(text(event, "exe")).isEqualTo("/bin/true");
            byte[] arguments = event.bytes(event.type().paramIndex("args"));
            assertThat(new String(arguments, java.nio.charset.StandardCharsets.UTF_8))
                    .isEqualTo("a b\0c\0");
            assertThat(event.number(event.type().paramIndex("ptid"))).isEqualTo(pid);
        }
    }

    @Test
    void scriptIsToldByItsInterpreter() throws Exception {
        try (Cover cover = new Cover(folder, demand())) {
            cover.look(1000);
            Path script = folder.resolve("x.sh");
            Files.writeString(script, "#!/bin/sh -e\nexit 3\n");
            script.toFile().setExecutable(true);
            assertThat(cover.run(script.toString(), "more").exit()).isEqualTo(3);
            Event event = cover.event(e -> text(e, "comm").equals("x.sh"));
            assertThat(text(event, "trusted_exepath")).endsWith("sh");
            byte[] arguments = event.bytes(event.type().paramIndex("args"));
            assertThat(new String(arguments, java.nio.charset.StandardCharsets.UTF_8))
                    .isEqualTo("-e\0" + script + "\0more\0");
        }
    }

    private static boolean outsider(CoverNotice notice) {
        return notice instanceof CoverNotice.Outsider;
    }

    @Test
    void manyShortProgramsAtOnceAreAllTold() throws Exception {
        try (Cover cover = new Cover(folder, demand())) {
            cover.look(60_000);
            Cover.Ended ended =
                    cover.run(
                            "sh",
                            "-c",
                            "i=0; while [ $i -lt 500 ]; do /bin/true $i & i=$((i+1)); done; wait;"
                                    + " echo all");
            assertThat(ended).isEqualTo(new Cover.Ended(0, "all\n"));
            assertThat(cover.told().stream().filter(exec("/true")).count()).isEqualTo(500);
        }
    }

    @Test
    void processThatWasBegunBesideACoveredProgramIsFoundOnce() throws Exception {
        try (Cover cover = new Cover(folder, demand())) {
            SeccompSensor sensor = cover.look(1000);
            ProcessBuilder builder = cover.program("sleep", "120");
            builder.command().addAll(0, List.of("unshare", "-m"));
            Process covered = builder.start();
            Cover.await("the program", () -> !cover.told().isEmpty());
            String enter = "nsenter -t " + covered.pid() + " -m sh -c 'sleep 121; :'";
            Process beside = new ProcessBuilder("sh", "-c", "exec " + enter).start();
            try {
                Cover.await("word", () -> sensor.count(SeccompCount.OUTSIDERS) > 0);
                Cover.await(
                        "word",
                        () -> cover.notices().stream().anyMatch(SeccompSensorTest::outsider));
                assertThat(cover.notices().stream().filter(SeccompSensorTest::outsider))
                        .singleElement()
                        .matches(
                                notice ->
                                        notice instanceof CoverNotice.Outsider found
                                                && found.pid() == beside.pid()
                                                && found.commandLine().equals("sh -c sleep 121; :")
                                                && found.covered().container().equals("test"));
            } finally {
                beside.descendants().forEach(ProcessHandle::destroyForcibly);
                beside.destroyForcibly();
                covered.destroyForcibly();
            }
        }
    }

    @Test
    void strangersAtTheSocketAreSentAway() throws Exception {
        try (Cover cover = new Cover(folder, demand())) {
            SeccompSensor sensor = cover.look(1000);
            Cover.Ended ended =
                    Cover.end(
                            new ProcessBuilder(
                                            "perl",
                                            "-MSocket",
                                            "-e",
                                            "socket(S,AF_UNIX,SOCK_SEQPACKET,0);"
                                                    + "connect(S,sockaddr_un($ARGV[0])) or die;"
                                                    + "send(S,'x' x 5000,0); print 'sent';",
                                            cover.socket().toString())
                                    .redirectErrorStream(true)
                                    .start());
            assertThat(ended.out()).isEqualTo("sent");
            Cover.await("refusal", () -> sensor.count(SeccompCount.SESSIONS_REFUSED) == 1);
            assertThat(cover.run("true").exit()).isZero();
        }
    }
}
