// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Calls about paths tell where a path leads, whatever links, dots and mounts are on the way. */
@KernelTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LinksKernelTest {
    private final Stage stage = new Stage();
    private Scene scene;

    @BeforeAll
    void play() throws Exception {
        scene = stage.play("links");
    }

    @AfterAll
    void close() throws Exception {
        stage.close();
    }

    private Told nth(String symbol, int index) {
        return scene.nth(symbol, index);
    }

    @Test
    void directoryMadeBehindALink() {
        nth("SYSCALL_MKDIR_2_X", 2).text("path", "short/made").path(scene.path("real/sub/made"));
    }

    @Test
    void renameByAChainOfLinksAndDots() {
        scene.only("SYSCALL_RENAME_X")
                .text("oldpath", "chain/made/../file")
                .text("newpath", "far//moved")
                .path(scene.path("real/sub/file"))
                .detail(scene.path("real/moved"));
    }

    @Test
    void linkMadeBehindALinkTellsWhereItStandsAndItsTextAsGiven() {
        nth("SYSCALL_SYMLINK_X", 3)
                .text("target", "moved")
                .path(scene.path("real/alias"))
                .detail("moved");
    }

    @Test
    void whatFollowsTheLastLinkTellsTheFile() {
        scene.only("SYSCALL_CHMOD_X")
                .text("filename", "chain/../alias")
                .path(scene.path("real/moved"));
        scene.only("SYSCALL_CHOWN_X").text("path", "far/alias").path(scene.path("real/moved"));
    }

    @Test
    void whatDoesNotFollowItTellsTheLink() {
        scene.only("SYSCALL_LCHOWN_X").path(scene.path("real/alias"));
        scene.only("SYSCALL_FCHOWNAT_X")
                .number("dirfd", scene.said("dir"))
                .text("pathname", "../alias")
                .path(scene.path("real/alias"));
        nth("SYSCALL_LINK_2_X", 0)
                .path(scene.path("real/alias"))
                .detail(scene.path("real/sub/twin"));
        scene.only("SYSCALL_UNLINKAT_2_X").text("name", "../alias").path(scene.path("real/alias"));
    }

    @Test
    void linkatFollowsWhereItIsToldTo() {
        scene.only("SYSCALL_LINKAT_2_X")
                .path(scene.path("real/moved"))
                .detail(scene.path("real/other"));
    }

    /** Nothing in memory says where such a link leads. */
    @Test
    void linkThatIsMadeUpAsItIsReadStaysAsGiven() {
        scene.only("SYSCALL_RMDIR_2_X")
                .text("path", "/proc/self/cwd/short/made")
                .path("/proc/self/cwd/short/made");
    }

    @Test
    void fileOpenedThroughAMountHasItsOtherNameToo() {
        open("bound/moved").detail(scene.path("real/moved"));
        open("bound/./sub").detail(scene.path("real/sub"));
        // On a filesystem of its own it has one name only.
        open("bound/sub/new").noDetail();
    }

    @Test
    void fileWithSeveralLinksHasAnotherOfItsNamesToo() {
        open("far/other").detail(scene.path("real/moved"));
        open("tied/inside/old").detail(scene.path("bound/sub/new"));
    }

    @Test
    void nameOutsideWhatIsMountedIsToldByItsPlaceInTheFileSystem() {
        open("part/old").detail("/new");
    }

    private Told open(String given) {
        return scene.events().stream()
                .filter(
                        e ->
                                e.tid() == scene.pid()
                                        && e.type().symbol().equals("SYSCALL_OPEN_X")
                                        && e.text(e.type().paramIndex("name"))
                                                .toString()
                                                .equals(given))
                .map(e -> new Told(e, scene))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void mountsAreEnteredAndLeft() {
        nth("SYSCALL_MKDIR_2_X", 4)
                .text("path", "tied/./inside")
                .path(scene.path("bound/sub/inside"));
        nth("SYSCALL_MKDIR_2_X", 5).text("path", "../../../real/up").path(scene.path("real/up"));
        nth("SYSCALL_UMOUNT2_X", 1).text("name", "tied").path(scene.path("bound/sub"));
        nth("SYSCALL_MOUNT_X", 2).text("dir", "bound/sub").path(scene.path("bound/sub"));
    }
}
