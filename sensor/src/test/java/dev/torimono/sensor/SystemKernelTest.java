// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@KernelTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SystemKernelTest {
    private final Stage stage = new Stage();
    private Scene scene;

    @BeforeAll
    void play() throws Exception {
        scene = stage.play("system");
    }

    @AfterAll
    void close() throws Exception {
        stage.close();
    }

    @Test
    void mountTellsWhatGoesWhereAndHow() throws Exception {
        scene.only("SYSCALL_MOUNT_X")
                .byActor()
                .number("res", -2)
                .text("dev", "none")
                .text("dir", "no/where")
                .text("type", "tmpfs")
                .number("flags", 2)
                .path(scene.path("no/where"))
                .noDetail()
                .andNothingElse();
    }

    @Test
    void initModuleTellsTheBeginningOfTheImage() throws Exception {
        scene.only("SYSCALL_INIT_MODULE_X")
                .byActor()
                .number("res", result -> result < 0, "an error")
                .bytes("img", "m".repeat(80).getBytes(StandardCharsets.US_ASCII))
                .number("length", 100)
                .text("uargs", "debug=1")
                .noObject()
                .noDetail()
                .andNothingElse();
    }
}
