// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import dev.torimono.model.Fd;
import dev.torimono.model.FdKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@KernelTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DupKernelTest {
    private static final int RDONLY = 1;
    private static final int RDWR = 3;
    private static final int LARGEFILE = 1 << 11;
    private static final int CLOEXEC = 1 << 12;

    private final Stage stage = new Stage();
    private Scene scene;

    @BeforeAll
    void play() throws Exception {
        scene = stage.play("dup");
    }

    @AfterAll
    void close() throws Exception {
        stage.close();
    }

    @Test
    void dupTellsWhatStandsBehindTheNewFd() throws Exception {
        scene.nth("SYSCALL_DUP_1_X", 0)
                .byActor()
                .number("res", scene.said("dup"))
                .number("oldfd", scene.said("file"))
                .object(FdKind.FILE_V2, scene.path("made"), RDWR | LARGEFILE, 0)
                .noDetail()
                .andNothingElse();
    }

    @Test
    void pipeHasAnInodeAndNoName() throws Exception {
        scene.only("SYSCALL_DUP2_X")
                .byActor()
                .number("res", 40)
                .number("oldfd", old -> old > 2, "the pipe")
                .number("newfd", 40)
                .object(FdKind.FIFO, "", RDONLY, 0)
                .noDetail()
                .andNothingElse();
    }

    @Test
    void memfdIsToldAsSuch() throws Exception {
        scene.only("SYSCALL_DUP3_X")
                .byActor()
                .number("res", 41)
                .number("oldfd", old -> old > 2, "the memfd")
                .number("newfd", 41)
                .number("flags", CLOEXEC)
                .object(FdKind.MEMFD, "memfd:plan", RDWR | LARGEFILE, Fd.MEMFD)
                .noDetail()
                .andNothingElse();
    }

    @Test
    void fcntlDuplicatesToo() throws Exception {
        scene.nth("SYSCALL_FCNTL_X", 0)
                .byActor()
                .number("res", 42)
                .number("fd", scene.said("file"))
                .number("cmd", 1)
                .number("arg", 42)
                .object(FdKind.FILE_V2, scene.path("made"), RDWR | LARGEFILE, 0)
                .noDetail()
                .andNothingElse();
        scene.nth("SYSCALL_FCNTL_X", 1).number("res", 43).number("cmd", 26);
    }

    @Test
    void otherCommandsOfFcntlAreToldWhenWanted() throws Exception {
        scene.nth("SYSCALL_FCNTL_X", 2)
                .number("res", scene.said("getfl"))
                .number("cmd", 4)
                .object(FdKind.FILE_V2, scene.path("made"), RDWR | LARGEFILE, 0);
    }

    @Test
    void failedDupHasNoObject() throws Exception {
        scene.nth("SYSCALL_DUP_1_X", 1)
                .byActor()
                .number("res", -9)
                .number("oldfd", 99)
                .noObject()
                .noDetail()
                .andNothingElse();
    }
}
