// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@KernelTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PtraceKernelTest {
    private final Stage stage = new Stage();
    private Scene scene;

    @BeforeAll
    void play() throws Exception {
        scene = stage.play("ptrace");
    }

    @AfterAll
    void close() throws Exception {
        stage.close();
    }

    private static byte[] number(long value) {
        return ByteBuffer.allocate(9)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 0)
                .putLong(value)
                .array();
    }

    @Test
    void requestIsPortableAndArgumentsAreNumbers() throws Exception {
        scene.nth("SYSCALL_PTRACE_X", 0)
                .byActor()
                .number("res", -3)
                .bytes("addr", number(1))
                .bytes("data", number(2))
                .number("request", 11)
                .number("pid", 2147480000)
                .noObject()
                .noDetail()
                .andNothingElse();
    }

    @Test
    void dataOfARequestThatContinuesIsASignal() throws Exception {
        scene.nth("SYSCALL_PTRACE_X", 1).number("request", 8).bytes("data", new byte[] {1, 10});
    }

    @Test
    void laterRequestsAreKnownAndUnknownOnesAreZero() throws Exception {
        scene.nth("SYSCALL_PTRACE_X", 2).number("request", 20).bytes("data", number(3));
        scene.nth("SYSCALL_PTRACE_X", 3).number("request", 0);
    }
}
