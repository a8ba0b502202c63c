// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@KernelTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TaskKernelTest {
    private static final long UNCHANGED = 0xffffffffL;

    private final Stage stage = new Stage();
    private Scene scene;

    @BeforeAll
    void play() throws Exception {
        scene = stage.play("task");
    }

    @AfterAll
    void close() throws Exception {
        stage.close();
    }

    private void ids(String symbol, int result, String[] names, long... values) throws Exception {
        Told told = scene.only(symbol).byActor().number("res", result);
        for (int i = 0; i < names.length; i++) {
            told.number(names[i], values[i]);
        }
        told.noObject().noDetail().andNothingElse();
    }

    @Test
    void identitiesAreToldAsGiven() throws Exception {
        ids("SYSCALL_SETREGID_X", 0, new String[] {"rgid", "egid"}, UNCHANGED, 3);
        ids("SYSCALL_SETGID_X", 0, new String[] {"gid"}, 4);
        ids("SYSCALL_SETRESGID_X", 0, new String[] {"rgid", "egid", "sgid"}, 5, 6, 7);
        ids("SYSCALL_SETREUID_X", 0, new String[] {"ruid", "euid"}, 0, UNCHANGED);
        ids("SYSCALL_SETRESUID_X", 0, new String[] {"ruid", "euid", "suid"}, 0, 1, 0);
        ids("SYSCALL_SETUID_X", 0, new String[] {"uid"}, 0);
    }

    @Test
    void setsidTellsTheSession() throws Exception {
        ids("SYSCALL_SETSID_X", (int) scene.said("sid"), new String[0]);
    }

    @Test
    void setpgidTellsBothNumbers() throws Exception {
        ids("SYSCALL_SETPGID_X", -1, new String[] {"pid", "pgid"}, 0, 0);
    }

    @Test
    void unshareTellsPortableFlags() throws Exception {
        ids("SYSCALL_UNSHARE_X", 0, new String[] {"flags"}, 1 | 2);
    }

    @Test
    void signalsAreToldWithTheirTarget() throws Exception {
        long pid = scene.pid();
        ids("SYSCALL_KILL_X", 0, new String[] {"pid", "sig"}, pid, 0);
        ids("SYSCALL_TKILL_X", 0, new String[] {"tid", "sig"}, pid, 0);
        ids("SYSCALL_TGKILL_X", 0, new String[] {"pid", "tid", "sig"}, pid, pid, 0);
    }

    @Test
    void newNameIsToldAsTheKernelKeepsIt() throws Exception {
        scene.nth("SYSCALL_PRCTL_X", 0)
                .number("res", 0)
                .number("option", 15)
                .text("arg2_str", "another name th")
                .number("arg2_int", 0);
    }

    @Test
    void otherOptionsOfPrctlAreToldWhenWanted() throws Exception {
        scene.nth("SYSCALL_PRCTL_X", 1)
                .byActor()
                .number("res", 0)
                .number("option", 4)
                .absent("arg2_str")
                .number("arg2_int", 1)
                .noObject()
                .noDetail()
                .andNothingElse();
    }
}
