// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.model.FdKind;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@KernelTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MessageKernelTest {
    private static final String LOOPBACK = "127.0.0.1";
    private static final int UDP = 3;

    private final Stage stage = new Stage();
    private Scene scene;

    @BeforeAll
    void play() throws Exception {
        scene = stage.play("message");
    }

    @AfterAll
    void close() throws Exception {
        stage.close();
    }

    private byte[] fromClient() throws Exception {
        int from = (int) scene.said("client-port");
        return Tuples.tuple("0.0.0.0", from, LOOPBACK, (int) scene.said("port"));
    }

    private byte[] atServer() throws Exception {
        int from = (int) scene.said("client-port");
        return Tuples.tuple(LOOPBACK, (int) scene.said("port"), LOOPBACK, from);
    }

    @Test
    void bindTellsTheAddressGivenAndTheSocketAsItIs() throws Exception {
        int port = (int) scene.said("port");
        scene.only("SOCKET_BIND_X")
                .byActor()
                .number("res", 0)
                .bytes("addr", Tuples.address(LOOPBACK, 0))
                .number("fd", scene.said("server"))
                .socket(FdKind.IPV4_SOCK, UDP, 0, Tuples.tuple(LOOPBACK, port, "0.0.0.0", 0))
                .noDetail()
                .andNothingElse();
    }

    @Test
    void sendtoTellsTheAddresseeAndTheFirstBytes() throws Exception {
        scene.only("SOCKET_SENDTO_X")
                .byActor()
                .number("res", 200)
                .bytes("data", "x".repeat(80).getBytes(StandardCharsets.US_ASCII))
                .number("fd", scene.said("client"))
                .number("size", 200)
                .bytes("tuple", fromClient())
                .socket(FdKind.IPV4_SOCK, UDP, 0, fromClient())
                .noDetail()
                .andNothingElse();
    }

    @Test
    void recvfromTellsTheSender() throws Exception {
        scene.nth("SOCKET_RECVFROM_X", 0)
                .byActor()
                .number("res", 200)
                .bytes("data", "x".repeat(80).getBytes(StandardCharsets.US_ASCII))
                .bytes("tuple", atServer())
                .number("fd", scene.said("server"))
                .number("size", 200)
                .socket(FdKind.IPV4_SOCK, UDP, 0, atServer())
                .noDetail()
                .andNothingElse();
    }

    @Test
    void sendmsgCountsAllPiecesAndShowsTheFirst() throws Exception {
        scene.only("SOCKET_SENDMSG_X")
                .byActor()
                .number("res", 7)
                .bytes("data", "one".getBytes(StandardCharsets.US_ASCII))
                .number("fd", scene.said("client"))
                .number("size", 7)
                .bytes("tuple", fromClient())
                .socket(FdKind.IPV4_SOCK, UDP, 0, fromClient())
                .noDetail()
                .andNothingElse();
    }

    @Test
    void recvmsgTellsControlMessages() throws Exception {
        Told told = scene.only("SOCKET_RECVMSG_X");
        told.byActor()
                .number("res", 7)
                .number("size", 64)
                .bytes("data", "onetwo!".getBytes(StandardCharsets.US_ASCII))
                .bytes("tuple", atServer())
                .number("fd", scene.said("server"))
                .bytes("msgcontrol", told.event().bytes(4))
                .socket(FdKind.IPV4_SOCK, UDP, 0, atServer())
                .noDetail()
                .andNothingElse();
        assertThat(told.event().length(4)).isEqualTo((int) scene.said("control"));
        assertThat(told.event().u32At(4, 8)).as("SOL_SOCKET").isEqualTo(1);
    }

    @Test
    void failedReceiveHasNoData() throws Exception {
        scene.nth("SOCKET_RECVFROM_X", 1).number("res", -11).absent("data").number("size", 200);
    }
}
