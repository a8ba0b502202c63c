// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import dev.torimono.model.Extension;
import dev.torimono.model.FdKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@KernelTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FdKernelTest {
    private static final int DIRECTORY_FLAGS = 1 | 1 << 10 | 1 << 11;

    private final Stage stage = new Stage();
    private Scene scene;

    @BeforeAll
    void play() throws Exception {
        scene = stage.play("fd");
    }

    @AfterAll
    void close() throws Exception {
        stage.close();
    }

    @Test
    void fchmodTellsTheFileBehindTheFd() throws Exception {
        scene.only("SYSCALL_FCHMOD_X")
                .byActor()
                .number("res", 0)
                .number("fd", scene.said("dir"))
                .number("mode", 0751)
                .object(FdKind.DIRECTORY, scene.directory().toString(), DIRECTORY_FLAGS, 0)
                .noDetail()
                .andNothingElse();
    }

    @Test
    void setnsTellsTheKindInPortableFlags() throws Exception {
        scene.only("SYSCALL_SETNS_X")
                .byActor()
                .number("res", -22)
                .number("fd", scene.said("dir"))
                .number("nstype", 1 << 5)
                .object(FdKind.DIRECTORY, scene.directory().toString(), DIRECTORY_FLAGS, 0)
                .noDetail()
                .andNothingElse();
    }

    @Test
    void finitModuleTellsTheFileAndTheArguments() throws Exception {
        scene.only("SYSCALL_FINIT_MODULE_X")
                .byActor()
                .number("res", result -> result < 0, "an error")
                .number("fd", scene.said("dir"))
                .text("uargs", "debug=1")
                .number("flags", 2)
                .object(FdKind.DIRECTORY, scene.directory().toString(), DIRECTORY_FLAGS, 0)
                .noDetail()
                .andNothingElse();
    }

    @Test
    void listenMakesAServersSocket() throws Exception {
        Told told = scene.only("SOCKET_LISTEN_X");
        int port = told.event().u16At(told.extension(Extension.OBJECT), 24 + 5);
        told.byActor()
                .number("res", 0)
                .number("fd", scene.said("listener"))
                .number("backlog", 7)
                .socket(FdKind.IPV4_SERVSOCK, 2, 0, Tuples.tuple("0.0.0.0", port, "0.0.0.0", 0))
                .noDetail()
                .andNothingElse();
    }
}
