// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.model.Event;
import dev.torimono.model.Extension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@KernelTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForkKernelTest {
    private static final int FILES = 1;
    private static final int FS = 1 << 1;
    private static final int NEWNS = 1 << 5;
    private static final int NEWPID = 1 << 6;
    private static final int SIGHAND = 1 << 11;
    private static final int SYSVSEM = 1 << 12;
    private static final int THREAD = 1 << 13;
    private static final int VM = 1 << 15;
    private static final int VFORK = 1 << 27;
    private static final int IN_PIDNS = 1 << 29;

    private final Stage stage = new Stage();
    private Scene scene;

    @BeforeAll
    void play() throws Exception {
        scene = stage.play("fork");
    }

    @AfterAll
    void close() throws Exception {
        stage.close();
    }

    private Told child(String symbol, long tid, long pid, long flags) throws Exception {
        Told told = scene.by(tid, symbol);
        told.context(pid)
                .number("res", 0)
                .text("exe", Actor.binary().toString())
                .texts("args", "fork", scene.directory().toString())
                .number("tid", tid)
                .number("pid", pid)
                .text("cwd", scene.directory().toString())
                .number("fdlimit", ProcSelf.fileLimit())
                .number("pgft_maj", value -> value >= 0, "a count")
                .number("pgft_min", value -> value >= 0, "a count")
                .number("vm_size", value -> value > 0, "a size")
                .number("vm_rss", value -> value >= 0, "a size")
                .number("vm_swap", value -> value >= 0, "a size")
                .text("comm", "actor")
                .texts("cgroups", "pids=" + ProcSelf.cgroup())
                .number("flags", flags)
                .number("uid", 0)
                .number("gid", 0)
                .number("pidns_init_start_ts", value -> value > 0, "a time")
                .noObject()
                .noStdio();
        Event event = told.event();
        int detail = told.extension(Extension.DETAIL);
        assertThat(event.u64At(detail, 0)).as("start").isPositive();
        assertThat(event.u64At(detail, 24)).as("no other creator").isZero();
        assertThat(event.u64At(detail, 32)).as("no other creator").isZero();
        assertThat(event.text(detail, Extension.DETAIL_HEADER_BYTES).toString())
                .isEqualTo(ProcSelf.cgroup());
        return told;
    }

    @Test
    void forkIsToldByTheChildsSide() throws Exception {
        long pid = scene.said("fork");
        Told told = child("SYSCALL_FORK_20_X", pid, pid, 0);
        told.number("ptid", scene.pid()).number("vtid", pid).number("vpid", pid).andNothingElse();
        int detail = told.extension(Extension.DETAIL);
        Event parent = scene.beginning().event();
        assertThat(told.event().u64At(detail, 8))
                .as("parent's start")
                .isEqualTo(parent.u64At(parent.extension(Extension.CONTEXT), 8));
        assertThat(told.event().tid()).isEqualTo(pid);
    }

    @Test
    void vforkSharesTheMemory() throws Exception {
        long pid = scene.said("vfork");
        child("SYSCALL_VFORK_20_X", pid, pid, VFORK | VM).number("ptid", scene.pid());
    }

    @Test
    void childInANewPidNamespaceHasNumbersOfItsOwn() throws Exception {
        long pid = scene.said("clone");
        Told told = child("SYSCALL_CLONE_20_X", pid, pid, NEWPID | NEWNS | IN_PIDNS);
        told.number("ptid", scene.pid()).number("vtid", 1).number("vpid", 1).andNothingElse();
        int detail = told.extension(Extension.DETAIL);
        assertThat(Integer.toUnsignedLong(told.event().u32At(detail, 16)))
                .as("pid namespace")
                .isNotEqualTo(Told.namespace("pid"));
        assertThat(Integer.toUnsignedLong(told.event().u32At(detail, 20)))
                .as("mount namespace")
                .isNotEqualTo(Told.namespace("mnt"));
    }

    @Test
    void clone3TellsTheFlagsOfItsStruct() throws Exception {
        long pid = scene.said("clone3");
        child("SYSCALL_CLONE3_X", pid, pid, FILES).number("ptid", scene.pid());
    }

    @Test
    void threadIsAChildOfItsProcesssParent() throws Exception {
        long tid = scene.said("thread");
        int flags = THREAD | SIGHAND | VM | FILES | FS | SYSVSEM;
        child("SYSCALL_CLONE_20_X", tid, scene.pid(), flags)
                .number("ptid", ProcessHandle.current().pid())
                .number("vtid", tid)
                .number("vpid", scene.pid())
                .andNothingElse();
    }
}
