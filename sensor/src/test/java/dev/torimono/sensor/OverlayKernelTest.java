// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.model.Event;
import dev.torimono.model.Extension;
import dev.torimono.model.Fd;
import dev.torimono.model.FdKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Which layer of a container's filesystem a file is on, and paths across mounts. */
@KernelTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OverlayKernelTest {
    private static final int OVERLAYFS_MAGIC = 0x794c7630;
    private static final int RDONLY = 1;
    private static final int WRONLY = 2;
    private static final int CREAT = 1 << 2;
    private static final int LARGEFILE = 1 << 11;
    private static final int CREATED = 1 << 14;
    private static final int UPPER = 1 << 15;
    private static final int LOWER = 1 << 16;

    private final Stage stage = new Stage();
    private Scene scene;

    @BeforeAll
    void play() throws Exception {
        scene = stage.play("overlay");
    }

    @AfterAll
    void close() throws Exception {
        stage.close();
    }

    private Told open(String path) {
        return scene.all("SYSCALL_OPEN_X").stream()
                .filter(e -> e.text(1).toString().equals(path))
                .reduce((first, second) -> second)
                .map(e -> new Told(e, scene))
                .orElseThrow();
    }

    @Test
    void fileOfTheImageIsOnTheLowerLayer() {
        open("image")
                .number("fd", scene.said("image"))
                .number("flags", RDONLY | LOWER)
                .object(
                        FdKind.FILE_V2,
                        scene.path("o/merged/image"),
                        RDONLY | LARGEFILE,
                        Fd.LOWER_LAYER);
    }

    @Test
    void newFileIsOnTheUpperLayer() {
        open("new")
                .number("fd", scene.said("new"))
                .number("flags", WRONLY | CREAT | CREATED | UPPER)
                .object(
                        FdKind.FILE_V2,
                        scene.path("o/merged/new"),
                        WRONLY | LARGEFILE,
                        Fd.UPPER_LAYER);
    }

    @Test
    void programThatWasNotInTheImageIsToldAsSuch() throws Exception {
        Told told = scene.nth("SYSCALL_EXECVE_19_X", 1);
        told.text("exe", "drifted")
                .number("flags", 1 | 2)
                .text("trusted_exepath", scene.path("o/merged/drifted"))
                .text("filename", "./drifted");
        Event event = told.event();
        assertThat(event.u32At(told.extension(Extension.DETAIL), 28)).isEqualTo(OVERLAYFS_MAGIC);
        assertThat(Integer.toUnsignedLong(event.u32At(told.extension(Extension.CONTEXT), 24)))
                .as("mount namespace")
                .isNotEqualTo(Told.namespace("mnt"));
    }
}
