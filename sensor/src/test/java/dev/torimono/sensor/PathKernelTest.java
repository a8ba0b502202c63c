// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@KernelTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PathKernelTest {
    private final Stage stage = new Stage();
    private Scene scene;

    @BeforeAll
    void play() throws Exception {
        scene = stage.play("path");
    }

    @AfterAll
    void close() throws Exception {
        stage.close();
    }

    @Test
    void mkdirTellsPathAndMode() throws Exception {
        scene.only("SYSCALL_MKDIR_2_X")
                .byActor()
                .number("res", 0)
                .text("path", "a")
                .number("mode", 0755)
                .path(scene.path("a"))
                .noDetail()
                .andNothingElse();
    }

    @Test
    void mkdiratIsRelativeToItsDirectory() throws Exception {
        scene.only("SYSCALL_MKDIRAT_X")
                .byActor()
                .number("res", 0)
                .number("dirfd", scene.said("dir"))
                .text("path", "b")
                .number("mode", 0700)
                .path(scene.path("b"))
                .noDetail()
                .andNothingElse();
    }

    @Test
    void rmdirTellsThePath() throws Exception {
        scene.only("SYSCALL_RMDIR_2_X")
                .byActor()
                .number("res", 0)
                .text("path", "a")
                .path(scene.path("a"))
                .noDetail()
                .andNothingElse();
    }

    @Test
    void unlinkatTellsItsFlags() throws Exception {
        scene.only("SYSCALL_UNLINKAT_2_X")
                .byActor()
                .number("res", 0)
                .number("dirfd", scene.said("dir"))
                .text("name", "b")
                .number("flags", 0x200)
                .path(scene.path("b"))
                .noDetail()
                .andNothingElse();
    }

    @Test
    void dotsAreResolved() throws Exception {
        scene.only("SYSCALL_CHMOD_X")
                .byActor()
                .number("res", 0)
                .text("filename", "./file")
                .number("mode", 04711)
                .path(scene.path("file"))
                .noDetail()
                .andNothingElse();
    }

    @Test
    void fchmodatTellsDirectoryAndMode() throws Exception {
        scene.only("SYSCALL_FCHMODAT_X")
                .byActor()
                .number("res", 0)
                .number("dirfd", scene.said("dir"))
                .text("filename", "file")
                .number("mode", 0640)
                .path(scene.path("file"))
                .noDetail()
                .andNothingElse();
    }

    @Test
    void unlinkTellsThePathWhetherItWorkedOrNot() throws Exception {
        scene.nth("SYSCALL_UNLINK_2_X", 0)
                .byActor()
                .number("res", 0)
                .text("path", "file")
                .path(scene.path("file"))
                .noDetail()
                .andNothingElse();
        scene.nth("SYSCALL_UNLINK_2_X", 1)
                .number("res", -2)
                .text("path", "/no/such")
                .path("/no/such");
    }

    @Test
    void umount2TellsItsFlags() throws Exception {
        scene.only("SYSCALL_UMOUNT2_X")
                .byActor()
                .number("res", result -> result < 0, "an error")
                .text("name", "nowhere")
                .number("flags", 2)
                .path(scene.path("nowhere"))
                .noDetail()
                .andNothingElse();
    }
}
