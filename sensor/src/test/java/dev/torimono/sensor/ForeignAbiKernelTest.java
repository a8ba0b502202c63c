// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The ways into the kernel that 64-bit programs do not use. */
@KernelTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForeignAbiKernelTest {
    private final Stage stage = new Stage();

    @AfterAll
    void close() throws Exception {
        stage.close();
    }

    @Test
    void int80OfA64BitProgramIsDecodedAs32Bit() throws Exception {
        Scene scene = stage.play("foreign");
        Told open =
                new Told(
                        scene.all("SYSCALL_OPEN_X").stream()
                                .filter(e -> e.text(1).toString().equals("foreign"))
                                .findFirst()
                                .orElseThrow(),
                        scene);
        open.byActor()
                .number("fd", scene.said("ia32"))
                .text("name", "foreign")
                .number("flags", f -> (f & 7) == 6, "made, to write")
                .number("mode", 0640);
    }

    @Test
    void umountWithoutFlagsIsA32BitCallOnly() throws Exception {
        Scene scene = stage.play("foreign");
        scene.only("SYSCALL_UMOUNT_1_X")
                .byActor()
                .number("res", -22)
                .text("name", "foreign")
                .path(scene.path("foreign"))
                .noDetail()
                .andNothingElse();
    }

    @Test
    void x32CallsAreToldWhetherTheKernelHasThemOrNot() throws Exception {
        Scene scene = stage.play("foreign");
        Told open =
                new Told(
                        scene.all("SYSCALL_OPEN_X").stream()
                                .filter(e -> e.text(1).toString().equals("elsewhere"))
                                .findFirst()
                                .orElseThrow(),
                        scene);
        open.byActor().number("fd", n -> n < 0, "an error").path(scene.path("elsewhere"));
        scene.only("SYSCALL_PTRACE_X")
                .byActor()
                .number("res", n -> n < 0, "an error")
                .number("request", n -> n > 0, "PTRACE_ATTACH")
                .number("pid", 2147480000);
    }
}
