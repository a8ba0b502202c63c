// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.model.Event;
import dev.torimono.model.Extension;
import dev.torimono.model.FdKind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@KernelTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConnectKernelTest {
    private static final String LOOPBACK = "127.0.0.1";
    private static final int NOT_APPLICABLE = 1;
    private static final int TCP = 2;
    private static final int CLIENT = 1;
    private static final int SERVER = 2;

    private final Stage stage = new Stage();
    private Scene scene;

    @BeforeAll
    void play() throws Exception {
        scene = stage.play("connect");
    }

    @AfterAll
    void close() throws Exception {
        stage.close();
    }

    private int port() {
        return (int) scene.said("port");
    }

    @Test
    void connectTellsBothEndsFromTheClientsSide() throws Exception {
        byte[] tuple = Tuples.tuple(LOOPBACK, (int) scene.said("client-port"), LOOPBACK, port());
        scene.nth("SOCKET_CONNECT_X", 0)
                .byActor()
                .number("res", 0)
                .bytes("tuple", tuple)
                .number("fd", scene.said("client"))
                .bytes("addr", Tuples.address(LOOPBACK, port()))
                .socket(FdKind.IPV4_SOCK, TCP, CLIENT, tuple)
                .noDetail()
                .andNothingElse();
    }

    @Test
    void acceptTellsTheSameEndsFromTheServersSide() throws Exception {
        byte[] tuple = Tuples.tuple(LOOPBACK, (int) scene.said("client-port"), LOOPBACK, port());
        scene.nth("SOCKET_ACCEPT_5_X", 0)
                .byActor()
                .number("fd", scene.said("accepted"))
                .bytes("tuple", tuple)
                .number("queuepct", 0)
                .number("queuelen", 0)
                .number("queuemax", 5)
                .socket(FdKind.IPV4_SOCK, TCP, SERVER, tuple)
                .noDetail()
                .andNothingElse();
    }

    @Test
    void ipv4ThroughAnIpv6SocketIsIpv4InTheObject() throws Exception {
        Told told = scene.nth("SOCKET_CONNECT_X", 1);
        Event event = told.event();
        int port = event.u16At(1, 17);
        told.byActor()
                .number("res", 0)
                .bytes("tuple", Tuples.mapped(LOOPBACK, port, LOOPBACK, port()))
                .number("fd", fd -> fd > 0, "an fd")
                .number("fd", scene.said("accepted") + 1)
                .socket(
                        FdKind.IPV4_SOCK,
                        TCP,
                        CLIENT,
                        Tuples.tuple(LOOPBACK, port, LOOPBACK, port()));
        scene.only("SOCKET_ACCEPT4_6_X")
                .byActor()
                .number("fd", scene.said("accepted4"))
                .bytes("tuple", Tuples.tuple(LOOPBACK, port, LOOPBACK, port()))
                .number("queuepct", 0)
                .number("queuelen", 0)
                .number("queuemax", 5)
                .number("flags", 02000000)
                .socket(
                        FdKind.IPV4_SOCK,
                        TCP,
                        SERVER,
                        Tuples.tuple(LOOPBACK, port, LOOPBACK, port()))
                .noDetail()
                .andNothingElse();
    }

    @Test
    void refusedConnectionTellsWhereItWantedToGo() throws Exception {
        scene.nth("SOCKET_CONNECT_X", 2)
                .byActor()
                .number("res", -111)
                .absent("tuple")
                .number("fd", fd -> fd > 0, "an fd")
                .bytes("addr", Tuples.address(LOOPBACK, 1))
                .socket(FdKind.IPV4_SOCK, TCP, CLIENT, Tuples.tuple("0.0.0.0", 0, LOOPBACK, 1))
                .noDetail()
                .andNothingElse();
    }

    @Test
    void unixSocketsAreNamedByThePathOfTheServer() throws Exception {
        Told client = scene.nth("SOCKET_CONNECT_X", 3);
        client.byActor()
                .number("res", 0)
                .bytes("addr", "\1sock\0".getBytes(StandardCharsets.ISO_8859_1));
        Told server = scene.nth("SOCKET_ACCEPT_5_X", 1);
        server.byActor().number("fd", scene.said("accepted-unix"));
        byte[] tuple = client.event().bytes(1);
        assertThat(tuple[0]).isEqualTo((byte) 1);
        assertThat(Arrays.copyOfRange(tuple, 17, tuple.length))
                .isEqualTo("sock\0".getBytes(StandardCharsets.US_ASCII));
        assertThat(server.event().bytes(1)).as("both sides name the pair alike").isEqualTo(tuple);
        client.socket(FdKind.UNIX_SOCK, NOT_APPLICABLE, CLIENT, tuple);
        server.socket(FdKind.UNIX_SOCK, NOT_APPLICABLE, SERVER, tuple);
    }

    @Test
    void abstractNameStartsWithAnAt() throws Exception {
        Told told = scene.nth("SOCKET_CONNECT_X", 4);
        told.byActor()
                .number("res", -111)
                .bytes("addr", "\1@hidden\u00ff\0".getBytes(StandardCharsets.ISO_8859_1));
        byte[] object = told.event().bytes(told.event().extension(Extension.OBJECT));
        assertThat(Arrays.copyOfRange(object, Extension.OBJECT_HEADER_BYTES + 17, object.length))
                .isEqualTo("@hidden\u00ff\0".getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void failedAcceptHasNoObject() throws Exception {
        scene.nth("SOCKET_ACCEPT_5_X", 2)
                .byActor()
                .number("fd", -88)
                .absent("tuple")
                .number("queuepct", 0)
                .number("queuelen", 0)
                .number("queuemax", 0)
                .noObject()
                .noDetail()
                .andNothingElse();
    }
}
