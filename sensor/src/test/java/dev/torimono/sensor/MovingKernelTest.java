// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.model.Demand;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What moves bytes is told to captures, and to nobody else. */
@KernelTest
class MovingKernelTest {
    private static final List<String> SYMBOLS =
            List.of(
                    "SYSCALL_CLOSE_X",
                    "SYSCALL_READ_X",
                    "SYSCALL_WRITE_X",
                    "SYSCALL_PREAD_X",
                    "SYSCALL_PWRITE_X",
                    "SYSCALL_PIPE_X",
                    "SYSCALL_PIPE2_X");

    @Test
    void captureIsToldOfEachParameter() throws Exception {
        try (Stage stage = new Stage(SensorConfig.DEFAULT.withMoving(), Demand.everything())) {
            Scene scene = stage.play("moving");
            long in = scene.said("in");
            long out = scene.said("out");
            scene.only("SYSCALL_PIPE_X")
                    .byActor()
                    .number("res", 0)
                    .number("fd1", in)
                    .number("fd2", out)
                    .number("ino", inode -> inode > 0, "the pipe's");
            scene.only("SYSCALL_PIPE2_X")
                    .number("fd2", scene.said("other"))
                    .number("flags", 1 << 12);
            Told write = told(scene, "SYSCALL_WRITE_X", out);
            write.number("res", 5).number("size", 5).bytes("data", "hello".getBytes(UTF_8));
            told(scene, "SYSCALL_READ_X", in)
                    .number("res", 1)
                    .number("size", 1)
                    .bytes("data", "h".getBytes(UTF_8));
            scene.only("SYSCALL_PWRITE_X")
                    .number("res", 5)
                    .number("fd", scene.said("file"))
                    .number("size", 5)
                    .number("pos", 2)
                    .bytes("data", "there".getBytes(UTF_8));
            told(scene, "SYSCALL_PREAD_X", scene.said("file"))
                    .number("pos", 3)
                    .bytes("data", "h".getBytes(UTF_8));
            told(scene, "SYSCALL_CLOSE_X", in).number("res", 0);
        }
    }

    /** The actor's last of that fd: its loader uses the same numbers before. */
    private static Told told(Scene scene, String symbol, long fd) {
        return scene.all(symbol).stream()
                .filter(e -> e.number(e.type().paramIndex("fd")) == fd)
                .reduce((_, later) -> later)
                .map(e -> new Told(e, scene))
                .orElseThrow(() -> new AssertionError(symbol + " of fd " + fd + ": not told"));
    }

    @Test
    void rulesAreNotWhateverTheyWant() throws Exception {
        try (Stage stage = new Stage()) {
            Scene scene = stage.play("moving");
            for (String symbol : SYMBOLS) {
                assertThat(scene.all(symbol)).as(symbol).isEmpty();
            }
        }
    }
}
