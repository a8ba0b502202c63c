// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@KernelTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExitKernelTest {
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

    private void exit(long tid, long pid, long status, long ret, long signal) throws Exception {
        scene.by(tid, "PROCEXIT_1_E")
                .context(pid)
                .number("status", status)
                .number("ret", ret)
                .number("sig", signal)
                .number("core", 0)
                .number("reaper_tid", 0)
                .noObject()
                .noDetail()
                .andNothingElse();
    }

    @Test
    void exitTellsTheCode() throws Exception {
        exit(scene.said("fork"), scene.said("fork"), 3 << 8, 3, 0);
        exit(scene.said("vfork"), scene.said("vfork"), 4 << 8, 4, 0);
        exit(scene.said("clone"), scene.said("clone"), 7 << 8, 7, 0);
    }

    @Test
    void deathBySignalTellsTheSignal() throws Exception {
        exit(scene.said("clone3"), scene.said("clone3"), 9, 0, 9);
    }

    @Test
    void eachThreadEndsByItself() throws Exception {
        exit(scene.said("thread"), scene.pid(), 7 << 8, 7, 0);
    }
}
