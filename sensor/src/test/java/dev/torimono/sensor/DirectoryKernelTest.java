// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import dev.torimono.model.FdKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@KernelTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DirectoryKernelTest {
    private final Stage stage = new Stage();
    private Scene scene;

    @BeforeAll
    void play() throws Exception {
        scene = stage.play("directory");
    }

    @AfterAll
    void close() throws Exception {
        stage.close();
    }

    @Test
    void chdirTellsWhereTheProcessStandsAfterwards() throws Exception {
        scene.nth("SYSCALL_CHDIR_X", 1)
                .byActor()
                .number("res", 0)
                .text("path", "way")
                .object(FdKind.DIRECTORY, scene.path("sub"), 0, 0)
                .noDetail()
                .andNothingElse();
    }

    @Test
    void fchdirTellsTheSame() throws Exception {
        scene.only("SYSCALL_FCHDIR_X")
                .byActor()
                .number("res", 0)
                .number("fd", scene.said("dir"))
                .object(FdKind.DIRECTORY, scene.directory().toString(), 0, 0)
                .noDetail()
                .andNothingElse();
    }

    @Test
    void failedChdirTellsThePathItTried() throws Exception {
        scene.nth("SYSCALL_CHDIR_X", 2)
                .byActor()
                .number("res", -2)
                .text("path", "no/such")
                .path(scene.path("no/such"))
                .noDetail()
                .andNothingElse();
    }

    @Test
    void chrootTellsTheNewRootAsOthersSeeIt() throws Exception {
        scene.only("SYSCALL_CHROOT_X")
                .byActor()
                .number("res", 0)
                .text("path", "sub")
                .object(FdKind.DIRECTORY, scene.path("sub"), 0, 0)
                .noDetail()
                .andNothingElse();
    }

    @Test
    void insideARootPathsStartThere() throws Exception {
        scene.nth("SYSCALL_CHDIR_X", 3).object(FdKind.DIRECTORY, "/", 0, 0);
    }
}
