// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@KernelTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PathsKernelTest {
    private static final int AT_FDCWD = -100;

    private final Stage stage = new Stage();
    private Scene scene;

    @BeforeAll
    void play() throws Exception {
        scene = stage.play("paths");
    }

    @AfterAll
    void close() throws Exception {
        stage.close();
    }

    @Test
    void renamesTellBothPathsMadeAbsolute() throws Exception {
        scene.only("SYSCALL_RENAME_X")
                .byActor()
                .number("res", 0)
                .text("oldpath", "a")
                .text("newpath", "b")
                .path(scene.path("a"))
                .detail(scene.path("b"))
                .noStdio()
                .andNothingElse();
        scene.only("SYSCALL_RENAMEAT_X")
                .byActor()
                .number("res", 0)
                .number("olddirfd", scene.said("dir"))
                .text("oldpath", "b")
                .number("newdirfd", AT_FDCWD)
                .text("newpath", "c")
                .path(scene.path("b"))
                .detail(scene.path("c"))
                .noStdio()
                .andNothingElse();
        scene.only("SYSCALL_RENAMEAT2_X")
                .byActor()
                .number("res", 0)
                .number("olddirfd", AT_FDCWD)
                .text("oldpath", "c")
                .number("newdirfd", scene.said("dir"))
                .text("newpath", "d")
                .number("flags", 1)
                .path(scene.path("c"))
                .detail(scene.path("d"))
                .noStdio()
                .andNothingElse();
    }

    @Test
    void linksTellBothPathsMadeAbsolute() throws Exception {
        scene.only("SYSCALL_LINK_2_X")
                .byActor()
                .number("res", 0)
                .text("oldpath", "d")
                .text("newpath", "e")
                .path(scene.path("d"))
                .detail(scene.path("e"))
                .noStdio()
                .andNothingElse();
        scene.only("SYSCALL_LINKAT_2_X")
                .byActor()
                .number("res", 0)
                .number("olddir", scene.said("dir"))
                .text("oldpath", "d")
                .number("newdir", AT_FDCWD)
                .text("newpath", "f")
                .number("flags", 0x400)
                .path(scene.path("d"))
                .detail(scene.path("f"))
                .noStdio()
                .andNothingElse();
    }

    @Test
    void symlinksTellTheLinkAndWhatItPointsTo() throws Exception {
        scene.only("SYSCALL_SYMLINK_X")
                .byActor()
                .number("res", 0)
                .text("target", "d")
                .text("linkpath", "g")
                .path(scene.path("g"))
                .detail("d")
                .noStdio()
                .andNothingElse();
        scene.only("SYSCALL_SYMLINKAT_X")
                .byActor()
                .number("res", 0)
                .text("target", "/target")
                .number("linkdirfd", scene.said("dir"))
                .text("linkpath", "h")
                .path(scene.path("h"))
                .detail("/target")
                .noStdio()
                .andNothingElse();
    }
}
