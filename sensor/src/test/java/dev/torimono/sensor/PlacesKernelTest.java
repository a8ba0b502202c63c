// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.model.Extension;
import dev.torimono.model.FdKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The file that is meant, whatever way leads to it: the kernel resolves it, not the spelling. */
@KernelTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlacesKernelTest {
    private static final int LARGEFILE = 1 << 11;
    private static final int RDONLY = 1 | LARGEFILE;
    private static final int DELETED = 4;

    private final Stage stage = new Stage();
    private Scene scene;

    @BeforeAll
    void play() throws Exception {
        scene = stage.play("places");
    }

    @AfterAll
    void close() throws Exception {
        stage.close();
    }

    private Told open(String name) {
        return new Told(
                scene.all("SYSCALL_OPENAT_2_X").stream()
                        .filter(e -> e.text(e.type().paramIndex("name")).toString().equals(name))
                        .reduce((a, b) -> b)
                        .orElseThrow(() -> new AssertionError(name + ": not told")),
                scene);
    }

    @Test
    void bindMountKeepsItsOwnPath() {
        open("bound/file").object(FdKind.FILE_V2, scene.path("bound/file"), RDONLY, 0);
    }

    @Test
    void linksAndDotsAreFollowed() {
        open("way/../real/./file").object(FdKind.FILE_V2, scene.path("real/file"), RDONLY, 0);
    }

    @Test
    void directoryFdIsWhereItPointsTo() {
        open("../deep/way/file")
                .number("dirfd", n -> n > 0, "the directory")
                .object(FdKind.FILE_V2, scene.path("bound/file"), RDONLY, 0);
    }

    @Test
    void rootOfTheProcessInProcIsNoDisguise() {
        open("/proc/self/root/etc/passwd").object(FdKind.FILE_V2, "/etc/passwd", RDONLY, 0);
    }

    @Test
    void deletedFileKeepsThePathItHad() {
        scene.only("SYSCALL_FCHMOD_X")
                .object(FdKind.FILE_V2, scene.path("gone/file"), 3 | LARGEFILE, DELETED);
    }

    @Test
    void fileWithoutAnyNameIsDeletedFromTheStart() {
        Told told = open(".");
        int object = told.extension(Extension.OBJECT);
        assertThat(told.event().u32At(object, 20)).as("facts").isEqualTo(DELETED);
    }

    @Test
    void fileOnAMountThatIsNowhereHasItsPathFromThere() {
        open("secret").object(FdKind.FILE_V2, "/secret", 2 | LARGEFILE, 0);
    }

    @Test
    void mountNamespaceIsTheCallersOwn() throws Exception {
        Told told = open("bound/file");
        int context = told.extension(Extension.CONTEXT);
        assertThat(Integer.toUnsignedLong(told.event().u32At(context, 24)))
                .isNotEqualTo(Told.namespace("mnt"))
                .isPositive();
    }

    @Test
    void netlinkAndUnixSocketsAreToldByKind() throws Exception {
        Scene kinds = stage.play("kinds");
        kinds.only("SOCKET_CONNECT_X")
                .byActor()
                .number("res", 0)
                .absent("tuple")
                .number("fd", kinds.said("netlink"))
                .absent("addr")
                .objectOfKind(FdKind.NETLINK)
                .noDetail()
                .andNothingElse();
        kinds.only("SYSCALL_FCHMOD_X")
                .number("fd", kinds.said("pair"))
                .objectOfKind(FdKind.UNIX_SOCK);
    }
}
