// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.model.FdKind;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@KernelTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MessagesKernelTest {
    private static final int UDP = 3;

    private final Stage stage = new Stage();

    @AfterAll
    void close() throws Exception {
        stage.close();
    }

    @Test
    void everyMessageOfACallIsTold() throws Exception {
        Scene scene = stage.play("messages");
        sent(scene, 0, "one", "127.0.0.1");
        sent(scene, 1, "second", "127.0.0.2");
        Told received =
                scene.only("SOCKET_RECVMMSG_X")
                        .byActor()
                        .number("res", 3)
                        .number("fd", scene.said("server"))
                        .number("size", 64)
                        .bytes("data", "one".getBytes(StandardCharsets.US_ASCII))
                        .absent("msgcontrol");
        byte[] tuple = Tuples.tuple("127.0.0.1", (int) scene.said("port"), "0.0.0.0", 0);
        received.bytes("tuple", tuple)
                .socket(FdKind.IPV4_SOCK, UDP, 0, tuple)
                .noDetail()
                .andNothingElse();
    }

    private static void sent(Scene scene, int index, String text, String to) throws Exception {
        Told told = scene.nth("SOCKET_SENDMMSG_X", index);
        int from = told.event().u16At(told.event().type().paramIndex("tuple"), 5);
        byte[] tuple = Tuples.tuple("0.0.0.0", from, to, (int) scene.said("port"));
        told.byActor()
                .number("res", text.length())
                .number("fd", scene.said("client"))
                .number("size", text.length())
                .bytes("data", text.getBytes(StandardCharsets.US_ASCII))
                .bytes("tuple", tuple)
                .socket(FdKind.IPV4_SOCK, UDP, 0, tuple)
                .noDetail()
                .andNothingElse();
    }

    @Test
    void aCallThatFailsIsToldOnce() throws Exception {
        Scene scene = stage.play("messages");
        assertThat(scene.all("SOCKET_SENDMMSG_X")).hasSize(3);
        scene.nth("SOCKET_SENDMMSG_X", 2).number("res", -9).number("fd", 99).absent("data");
    }
}
