// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.model.Demand;
import dev.torimono.model.Event;
import dev.torimono.model.Extension;
import dev.torimono.model.FdKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@KernelTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExecKernelTest {
    private static final int EXE_WRITABLE = 1;
    private static final int EXE_FROM_MEMFD = 4;

    private final Stage stage = new Stage();

    @BeforeAll
    void compile() throws Exception {
        assertThat(Actor.binary()).exists();
    }

    @AfterAll
    void close() throws Exception {
        stage.close();
    }

    private static long ns(Path path, String attribute) throws Exception {
        FileTime time = (FileTime) Files.getAttribute(path, "unix:" + attribute);
        return time.to(TimeUnit.NANOSECONDS);
    }

    @Test
    void execTellsEveryParameter() throws Exception {
        Path actor = Actor.binary();
        Scene scene = stage.play("exit");
        Told told = scene.beginning();
        told.byActor()
                .here()
                .number("res", 0)
                .text("exe", actor.toString())
                .texts("args", "exit", scene.directory().toString())
                .number("tid", scene.pid())
                .number("pid", scene.pid())
                .number("ptid", ProcessHandle.current().pid())
                .text("cwd", Path.of("").toAbsolutePath().toString())
                .number("fdlimit", ProcSelf.fileLimit())
                .number("pgft_maj", value -> value >= 0, "a count")
                .number("pgft_min", faults -> faults > 0, "some faults")
                .number("vm_size", kib -> kib > 100, "the size of a program")
                .number("vm_rss", value -> value >= 0, "a size")
                .number("vm_swap", value -> value >= 0, "a size")
                .text("comm", "actor")
                .texts("cgroups", "pids=" + ProcSelf.cgroup())
                .number("tty", 0)
                .number("vpgid", ProcSelf.stat(5))
                .number("loginuid", ProcSelf.loginUid())
                .number("flags", EXE_WRITABLE)
                .number("cap_inheritable", ProcSelf.capabilities("CapInh"))
                .number("cap_permitted", ProcSelf.capabilities("CapPrm"))
                .number("cap_effective", ProcSelf.capabilities("CapEff"))
                .number("exe_ino", (Long) Files.getAttribute(actor, "unix:ino"))
                .number("exe_ino_ctime", ns(actor, "ctime"))
                .number("exe_ino_mtime", ns(actor, "lastModifiedTime"))
                .number("uid", 0)
                .text("trusted_exepath", actor.toRealPath().toString())
                .number("pgid", ProcSelf.stat(5))
                .number("gid", 0)
                .text("filename", actor.toString())
                .noObject();
        assertThat(told.event().bytes(told.event().type().paramIndex("env"))).isNotEmpty();
        detail(told);
        stdio(told);
    }

    private static void detail(Told told) throws Exception {
        Event event = told.event();
        int detail = told.extension(Extension.DETAIL);
        int context = told.extension(Extension.CONTEXT);
        assertThat(event.u64At(detail, 0)).as("start").isEqualTo(event.u64At(context, 8));
        assertThat(event.u64At(detail, 8))
                .as("parent's start")
                .isBetween(1L, event.u64At(detail, 0));
        assertThat(Integer.toUnsignedLong(event.u32At(detail, 16)))
                .isEqualTo(Told.namespace("pid"));
        assertThat(Integer.toUnsignedLong(event.u32At(detail, 20)))
                .isEqualTo(Told.namespace("mnt"));
        assertThat(event.u32At(detail, 24)).as("link count").isEqualTo(1);
        assertThat(event.u32At(detail, 28)).as("filesystem magic").isNotZero();
        assertThat(event.u32At(detail, 32)).as("device").isNotZero();
        assertThat(event.u32At(detail, 36)).as("mode").isEqualTo(0100755);
        assertThat(event.text(detail, Extension.DETAIL_HEADER_BYTES).toString())
                .isEqualTo(ProcSelf.cgroup());
    }

    private static void stdio(Told told) {
        Event event = told.event();
        int stdio = told.extension(Extension.STDIO);
        int at = 0;
        for (int fd = 0; fd < 3; fd++) {
            int length = event.u16At(stdio, at);
            assertThat(length).isGreaterThan(Extension.OBJECT_HEADER_BYTES);
            if (fd < 2) {
                assertThat(FdKind.of(event.byteAt(stdio, at + 2))).isEqualTo(FdKind.FIFO);
                assertThat(event.u64At(stdio, at + 2 + 8)).as("inode of the pipe").isPositive();
            }
            at += 2 + length;
        }
        assertThat(at).as("nothing behind the third").isEqualTo(event.length(stdio));
    }

    @Test
    void execveatOfAnFdIsToldAsSuchWithItsEnvironment() throws Exception {
        Scene scene = stage.play("execveat");
        scene.only("SYSCALL_EXECVEAT_X")
                .byActor()
                .number("res", 0)
                .text("exe", "zero")
                .texts("args", "exit", ".")
                .texts("env", "LIGHT=on")
                .text("cwd", scene.directory().toString())
                .text("trusted_exepath", Actor.binary().toRealPath().toString());
    }

    @Test
    void programWithoutAFileIsToldAsMemfd() throws Exception {
        Scene scene = stage.play("memfd-exec");
        Told told = scene.nth("SYSCALL_EXECVE_19_X", 1);
        told.number("flags", EXE_WRITABLE | EXE_FROM_MEMFD)
                .text("exe", "ghost")
                .text("trusted_exepath", "memfd:plan");
        assertThat(told.event().text(told.event().type().paramIndex("filename")).toString())
                .startsWith("/proc/self/fd/");
        assertThat(told.event().u32At(told.extension(Extension.DETAIL), 24))
                .as("link count")
                .isZero();
    }

    @Test
    void environmentIsOnlyReadOnDemand() throws Exception {
        Demand demand = new Demand(Demand.everything().eventTypes(), false);
        try (Stage blind = new Stage(SensorConfig.DEFAULT, demand)) {
            blind.play("execveat").only("SYSCALL_EXECVEAT_X").absent("env");
        }
    }

    @Test
    void longArgumentsAreKeptBeyondAPageAndMarkedWhenCut() throws Exception {
        String page = "a".repeat(15_000);
        String[] command = {"/bin/true", page, "end"};
        Event whole = exec(command);
        assertThat(whole.text(2, 15_001).toString()).isEqualTo("end");
        assertThat(whole.u32At(whole.extension(Extension.CONTEXT), 4)).isZero();

        long before = stage.sensor().cut();
        Event cut = exec("/bin/true", page, page, "end");
        assertThat(cut.length(2)).isBetween(16_000, 24_000);
        assertThat(cut.u32At(cut.extension(Extension.CONTEXT), 4)).isEqualTo(Extension.CONTEXT_CUT);
        assertThat(cut.text(cut.type().paramIndex("filename")).toString()).isEqualTo("/bin/true");
        assertThat(stage.sensor().cut()).isGreaterThan(before);
    }

    private Event exec(String... command) throws Exception {
        Process process = new ProcessBuilder(command).start();
        process.waitFor();
        return stage.await(
                e ->
                        e.tid() == process.pid()
                                && e.type().symbol().equals("SYSCALL_EXECVE_19_X")
                                && e.text(1).toString().equals(command[0]));
    }
}
