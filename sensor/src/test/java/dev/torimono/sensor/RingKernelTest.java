// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import dev.torimono.model.FdKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What io_uring does is told as the system call that does the same. */
@KernelTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RingKernelTest {
    private static final int WRONLY_CREAT = 2 | 4;
    private static final int WRONLY_LARGEFILE = 2 | 1 << 11;
    private static final long AT_FDCWD = -100;
    private static final int TCP = 2;
    private static final int CLIENT = 1;
    private static final int SERVER = 2;

    private final Stage stage = new Stage();
    private Scene scene;

    @BeforeAll
    void play() throws Exception {
        scene = stage.play("requests");
    }

    @AfterAll
    void close() throws Exception {
        stage.close();
    }

    /** The one of a symbol that has a text; the same calls may have been made otherwise too. */
    private Told with(String symbol, String param, String text) {
        return new Told(
                scene.all(symbol).stream()
                        .filter(e -> e.text(e.type().paramIndex(param)).toString().equals(text))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError(symbol + " " + text + ": not told")),
                scene);
    }

    @Test
    void openIsToldWithTheFile() throws Exception {
        with("SYSCALL_OPENAT_2_X", "name", "made")
                .byActor()
                .number("fd", scene.said("opened"))
                .number("dirfd", scene.said("dir"))
                .text("name", "made")
                .number("flags", flags -> (flags & 7) == WRONLY_CREAT, "made, to write")
                .number("mode", mode -> (mode & 07777) == 0640, "as given")
                .number("dev", scene.said("dev"))
                .number("ino", scene.said("ino"))
                .object(FdKind.FILE_V2, scene.path("made"), WRONLY_LARGEFILE, 0)
                .noDetail()
                .andNothingElse();
    }

    @Test
    void openThatFailedIsToldWithThePath() throws Exception {
        with("SYSCALL_OPENAT_2_X", "name", "no/such")
                .number("fd", -2)
                .number("dirfd", AT_FDCWD)
                .number("ino", 0)
                .path(scene.path("no/such"));
    }

    @Test
    void pathsAreTold() throws Exception {
        scene.only("SYSCALL_MKDIRAT_X")
                .byActor()
                .number("res", 0)
                .number("dirfd", AT_FDCWD)
                .text("path", "folder")
                .number("mode", 0700)
                .path(scene.path("folder"))
                .noDetail()
                .andNothingElse();
        scene.only("SYSCALL_UNLINKAT_2_X")
                .byActor()
                .number("res", 0)
                .number("dirfd", AT_FDCWD)
                .text("name", "linked")
                .number("flags", 0)
                .path(scene.path("linked"))
                .noDetail()
                .andNothingElse();
    }

    @Test
    void twoPathsAreTold() throws Exception {
        scene.only("SYSCALL_RENAMEAT2_X")
                .byActor()
                .number("res", 0)
                .number("olddirfd", scene.said("dir"))
                .text("oldpath", "made")
                .number("newdirfd", AT_FDCWD)
                .text("newpath", "renamed")
                .number("flags", 0)
                .path(scene.path("made"))
                .detail(scene.path("renamed"))
                .noStdio()
                .andNothingElse();
        scene.only("SYSCALL_LINKAT_2_X")
                .number("olddir", AT_FDCWD)
                .text("oldpath", "renamed")
                .number("newdir", scene.said("dir"))
                .text("newpath", "linked")
                .path(scene.path("renamed"))
                .detail(scene.path("linked"));
        scene.only("SYSCALL_SYMLINKAT_X")
                .byActor()
                .number("res", 0)
                .text("target", "/target")
                .number("linkdirfd", scene.said("dir"))
                .text("linkpath", "soft")
                .path(scene.path("soft"))
                .detail("/target")
                .noStdio()
                .andNothingElse();
    }

    @Test
    void connectionsAreTold() throws Exception {
        int from = (int) scene.said("client-port");
        int to = (int) scene.said("port");
        byte[] tuple = Tuples.tuple("127.0.0.1", from, "127.0.0.1", to);
        scene.nth("SOCKET_SOCKET_X", 1)
                .byActor()
                .number("fd", scene.said("client"))
                .number("domain", 2)
                .number("type", 1)
                .number("proto", 0)
                .number("flags", 0)
                .objectOfKind(FdKind.IPV4_SOCK)
                .noDetail()
                .andNothingElse();
        scene.only("SOCKET_CONNECT_X")
                .byActor()
                .number("res", 0)
                .bytes("tuple", tuple)
                .number("fd", scene.said("client"))
                .absent("addr")
                .socket(FdKind.IPV4_SOCK, TCP, CLIENT, tuple)
                .noDetail()
                .andNothingElse();
        scene.only("SOCKET_ACCEPT4_6_X")
                .number("fd", scene.said("accepted"))
                .bytes("tuple", tuple)
                .socket(FdKind.IPV4_SOCK, TCP, SERVER, tuple);
        scene.only("SOCKET_SENDTO_X")
                .byActor()
                .number("res", 5)
                .absent("data")
                .number("fd", scene.said("client"))
                .number("size", 5)
                .bytes("tuple", tuple)
                .socket(FdKind.IPV4_SOCK, TCP, CLIENT, tuple)
                .noDetail()
                .andNothingElse();
    }
}
