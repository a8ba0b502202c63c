// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.seccomp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.model.Demand;
import dev.torimono.model.Enforcement;
import dev.torimono.model.Event;
import dev.torimono.model.EventType;
import dev.torimono.model.Extension;
import dev.torimono.model.HeldExec;
import dev.torimono.sensor.KernelTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls of real programs, told and answered. */
@KernelTest
class SeccompSensorTest {
    @TempDir private Path folder;

    private static Demand demand(String... symbols) {
        BitSet types = new BitSet();
        for (String symbol : symbols) {
            types.set(EventType.symbol(symbol).code());
        }
        return new Demand(types, false);
    }

    private static Demand opens() {
        return demand(
                "SYSCALL_OPEN_X", "SYSCALL_OPENAT_2_X", "SYSCALL_OPENAT2_X", "SYSCALL_CREAT_X");
    }

    private static String text(Event event, String param) {
        return event.text(event.type().paramIndex(param)).toString();
    }

    private static String object(Event event) {
        return event.text(event.extension(Extension.OBJECT), Extension.OBJECT_HEADER_BYTES)
                .toString();
    }

    private static Predicate<Event> open(String nameEnd) {
        return event -> event.type().name().startsWith("open") && object(event).endsWith(nameEnd);
    }

    private static Predicate<Event> exec(String pathEnd) {
        return event ->
                event.type().name().equals("execve")
                        && text(event, "trusted_exepath").endsWith(pathEnd)
                        && event.number(0) == 0;
    }

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

    @Test
    void refusedOpenFailsAndLeavesNothing() throws Exception {
        try (Cover cover = new Cover(folder, opens())) {
            SeccompSensor sensor = cover.look(1000);
            Enforcement arm = sensor.enforcement();
            cover.onEvent(
                    event -> {
                        if (open("/evil").test(event)) {
                            arm.refuse(event);
                        }
                    });
            Cover.Ended ended = cover.run("sh", "-c", "cd %s; echo >evil".formatted(folder));
            assertThat(ended.out()).contains("Operation not permitted");
            assertThat(folder.resolve("evil")).doesNotExist();
            assertThat(sensor.count(SeccompCount.REFUSED)).isEqualTo(1);
        }
    }

    @Test
    void killedCallerNeverMakesItsCall() throws Exception {
        try (Cover cover = new Cover(folder, opens())) {
            SeccompSensor sensor = cover.look(1000);
            Enforcement arm = sensor.enforcement();
            cover.onEvent(
                    event -> {
                        if (open("/evil").test(event)) {
                            int context = event.extension(Extension.CONTEXT);
                            arm.settle(
                                    Integer.toUnsignedLong(event.u32At(context, 0)),
                                    event.u64At(context, 8),
                                    true);
                        }
                    });
            Cover.Ended ended =
                    cover.run("sh", "-c", "cd %s; echo >evil; echo alive".formatted(folder));
            assertThat(ended.exit()).isEqualTo(128 + 9);
            assertThat(ended.out()).isEmpty();
            assertThat(folder.resolve("evil")).doesNotExist();
        }
    }

    @Test
    void judgeOfExecsSeesYoungFilesAndCanRefuse() throws Exception {
        try (Cover cover = new Cover(folder, demand())) {
            SeccompSensor sensor = cover.look(1000);
            List<String> young = new java.util.concurrent.CopyOnWriteArrayList<>();
            sensor.enforcement()
                    .judge(
                            (HeldExec exec) -> {
                                boolean drifted = exec.file().is(dev.torimono.model.Fd.UPPER_LAYER);
                                if (drifted) {
                                    young.add(exec.file().path().toString());
                                }
                                return drifted
                                        ? Enforcement.Answer.REFUSE
                                        : Enforcement.Answer.PASS;
                            });
            Path copy = folder.resolve("copied");
            // In the file system that holds the root, as far as the machine's temporary folder is.
            boolean sameMount = Files.getFileStore(folder).equals(Files.getFileStore(Path.of("/")));
            Cover.Ended ended = cover.run("sh", "-c", "cp /bin/true %s; %s".formatted(copy, copy));
            org.junit.jupiter.api.Assumptions.assumeTrue(sameMount, "a mount of its own");
            assertThat(ended.exit()).isEqualTo(126);
            assertThat(young).containsExactly(copy.toRealPath().toString());
        }
    }

    @Test
    void execOfWhichTooLittleIsKnownWaitsUntilItIsJudged() throws Exception {
        try (Cover cover = new Cover(folder, demand())) {
            SeccompSensor sensor = cover.look(1000);
            java.util.concurrent.atomic.AtomicInteger asked =
                    new java.util.concurrent.atomic.AtomicInteger();
            sensor.enforcement()
                    .judge(
                            (HeldExec exec) -> {
                                if (!exec.file().path().toString().endsWith("/true")) {
                                    return Enforcement.Answer.PASS;
                                }
                                return asked.incrementAndGet() < 5
                                        ? Enforcement.Answer.WAIT
                                        : Enforcement.Answer.REFUSE;
                            });
            Cover.Ended ended = cover.run("sh", "-c", "/bin/true & /bin/echo meanwhile; wait");
            assertThat(ended.out()).contains("meanwhile").contains("Operation not permitted");
            assertThat(asked).hasValue(5);
            assertThat(cover.told().stream().filter(SeccompSensorTest::refused)).hasSize(1);
        }
    }

    private static boolean outsider(CoverNotice notice) {
        return notice instanceof CoverNotice.Outsider;
    }

    private static boolean refused(Event event) {
        return event.type().name().equals("execve") && event.number(0) == -1;
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
    void programGoesOnWhenTheAgentEndsAndIsSeenAgainWhenItIsBack() throws Exception {
        try (Cover cover = new Cover(folder, demand())) {
            cover.look(200);
            Process process =
                    cover.program(
                                    "sh",
                                    "-c",
                                    "while [ ! -e %s/end ]; do /bin/true; : >%s/alive; done;"
                                                    .formatted(folder, folder)
                                            + " echo ended")
                            .start();
            Cover.await("first events", () -> cover.told().size() > 5);
            cover.lookAway();
            cover.told().clear();
            for (int i = 0; i < 3; i++) {
                Files.deleteIfExists(folder.resolve("alive"));
                Cover.await("a round", () -> Files.exists(folder.resolve("alive")));
            }
            SeccompSensor again = cover.look(200);
            Cover.await("events again", () -> cover.told().stream().anyMatch(exec("/true")));
            Cover.await("count", () -> again.count(SeccompCount.PASSED_UNSEEN) > 0);
            Files.createFile(folder.resolve("end"));
            assertThat(Cover.end(process)).isEqualTo(new Cover.Ended(0, "ended\n"));
            assertThat(cover.notices())
                    .anyMatch(n -> n instanceof CoverNotice.Seen seen && seen.again());
        }
    }

    @Test
    void whereSecurityComesFirstCallsWaitForTheAgent() throws Exception {
        try (Cover cover = new Cover(folder, demand())) {
            cover.look(200);
            ProcessBuilder builder =
                    cover.program(
                            "sh", "-c", "read go; /bin/true; echo ran >%s/ran".formatted(folder));
            builder.environment().put("TORIMONO_PRIORITY", "security");
            Process process = builder.start();
            Cover.await("the program", () -> !cover.told().isEmpty());
            cover.lookAway();
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
            // Nothing lets it pass: well beyond the deadline it still waits.
            java.util.concurrent.TimeUnit.MILLISECONDS.sleep(1500);
            assertThat(folder.resolve("ran")).doesNotExist();
            SeccompSensor again = cover.look(200);
            assertThat(Cover.end(process).exit()).isZero();
            assertThat(folder.resolve("ran")).exists();
            assertThat(again.count(SeccompCount.PASSED_UNSEEN)).isZero();
        }
    }

    @Test
    void callThatASlowAgentHasInHandIsGivenBack() throws Exception {
        try (Cover cover = new Cover(folder, demand())) {
            cover.look(200);
            java.util.concurrent.CountDownLatch stuck = new java.util.concurrent.CountDownLatch(1);
            cover.onEvent(
                    event -> {
                        if (exec("/true").test(event)) {
                            try {
                                stuck.await();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        }
                    });
            Cover.Ended ended = cover.run("sh", "-c", "/bin/true; echo went on");
            stuck.countDown();
            assertThat(ended).isEqualTo(new Cover.Ended(0, "went on\n"));
        }
    }

    @Test
    void agentThatWasSlowHasTheCallsAgainAsSoonAsItIsBack() throws Exception {
        try (Cover cover = new Cover(folder, demand())) {
            SeccompSensor sensor = cover.look(200);
            java.util.concurrent.atomic.AtomicBoolean slept =
                    new java.util.concurrent.atomic.AtomicBoolean();
            cover.onEvent(
                    event -> {
                        if (exec("/true").test(event) && slept.compareAndSet(false, true)) {
                            Cover.sleep(1000);
                        }
                    });
            Process process =
                    cover.program(
                                    "sh",
                                    "-c",
                                    "while [ ! -e %s/end ]; do /bin/true; done; echo ended"
                                            .formatted(folder))
                            .start();
            Cover.await("calls let pass", () -> sensor.count(SeccompCount.PASSED_UNSEEN) > 0);
            long before = cover.told().size();
            Cover.await("calls told again", () -> cover.told().size() > before + 10);
            Files.createFile(folder.resolve("end"));
            assertThat(Cover.end(process)).isEqualTo(new Cover.Ended(0, "ended\n"));
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
