// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.model.Fd;
import dev.torimono.model.FdKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@KernelTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenKernelTest {
    private static final int RDONLY = 1;
    private static final int WRONLY = 2;
    private static final int RDWR = 3;
    private static final int CREAT = 1 << 2;
    private static final int APPEND = 1 << 3;
    private static final int EXCL = 1 << 5;
    private static final int NONBLOCK = 1 << 6;
    private static final int TRUNC = 1 << 8;
    private static final int DIRECTORY = 1 << 10;
    private static final int LARGEFILE = 1 << 11;
    private static final int CLOEXEC = 1 << 12;
    private static final int CREATED = 1 << 14;

    private final Stage stage = new Stage();
    private Scene scene;

    @BeforeAll
    void play() throws Exception {
        scene = stage.play("open");
    }

    @AfterAll
    void close() throws Exception {
        stage.close();
    }

    /** Index of the call with that path among the actor's own. */
    private Told call(String symbol, String path) {
        return scene.all(symbol).stream()
                .filter(e -> e.text(e.type().paramIndex("name")).toString().equals(path))
                .findFirst()
                .map(e -> new Told(e, scene))
                .orElseThrow(() -> new AssertionError(symbol + " " + path + ": not told"));
    }

    @Test
    void openOfADirectoryTellsTheDirectory() throws Exception {
        call("SYSCALL_OPEN_X", ".")
                .byActor()
                .here()
                .number("fd", scene.said("dir"))
                .text("name", ".")
                .number("flags", RDONLY | DIRECTORY | CLOEXEC)
                .number("mode", 0)
                .number("dev", scene.said("dev"))
                .number("ino", inode -> inode > 0, "an inode")
                .object(
                        FdKind.DIRECTORY,
                        scene.directory().toString(),
                        RDONLY | DIRECTORY | LARGEFILE,
                        0)
                .noDetail()
                .andNothingElse();
    }

    @Test
    void openThatCreatesTellsTheNewFile() throws Exception {
        call("SYSCALL_OPEN_X", "made")
                .byActor()
                .number("fd", scene.said("open"))
                .text("name", "made")
                .number("flags", WRONLY | CREAT | EXCL | TRUNC | CREATED)
                .number("mode", 0640)
                .number("dev", scene.said("dev"))
                .number("ino", scene.said("ino"))
                .object(FdKind.FILE_V2, scene.path("made"), WRONLY | LARGEFILE, 0)
                .noDetail()
                .andNothingElse();
    }

    @Test
    void openatThroughALinkTellsWhatItPointsTo() throws Exception {
        call("SYSCALL_OPENAT_2_X", "link")
                .byActor()
                .number("fd", scene.said("openat"))
                .number("dirfd", scene.said("dir"))
                .text("name", "link")
                .number("flags", RDWR | APPEND | NONBLOCK)
                .number("mode", 0)
                .number("dev", scene.said("dev"))
                .number("ino", scene.said("ino"))
                .object(FdKind.FILE_V2, scene.path("made"), RDWR | APPEND | NONBLOCK | LARGEFILE, 0)
                .noDetail()
                .andNothingElse();
    }

    @Test
    void openat2TellsHowThePathWasToBeResolved() throws Exception {
        call("SYSCALL_OPENAT2_X", "made")
                .byActor()
                .number("fd", scene.said("openat2"))
                .number("dirfd", scene.said("dir"))
                .text("name", "made")
                .number("flags", RDONLY)
                .number("mode", 0)
                .number("resolve", 8 | 1)
                .number("dev", scene.said("dev"))
                .number("ino", scene.said("ino"))
                .object(FdKind.FILE_V2, scene.path("made"), RDONLY | LARGEFILE, 0)
                .noDetail()
                .andNothingElse();
    }

    @Test
    void creatTellsTheNewFile() throws Exception {
        scene.only("SYSCALL_CREAT_X")
                .byActor()
                .number("fd", scene.said("creat"))
                .text("name", "created")
                .number("mode", 0600)
                .number("dev", scene.said("dev"))
                .number("ino", inode -> inode > 0, "an inode")
                .number("creat_flags", 0)
                .object(FdKind.FILE_V2, scene.path("created"), WRONLY | LARGEFILE, 0)
                .noDetail()
                .andNothingElse();
    }

    @Test
    void failedOpensTellThePathMadeAbsolute() throws Exception {
        call("SYSCALL_OPENAT_2_X", "no/such")
                .byActor()
                .number("fd", -2)
                .number("dirfd", scene.said("dir"))
                .text("name", "no/such")
                .number("flags", RDONLY)
                .number("mode", 0)
                .number("dev", 0)
                .number("ino", 0)
                .path(scene.path("no/such"))
                .noDetail()
                .andNothingElse();
        call("SYSCALL_OPEN_X", "no/such").number("fd", -2).path(scene.path("no/such"));
    }

    @Test
    void pathThatCannotBeReadIsAbsent() throws Exception {
        assertThat(scene.said("badpath")).isNegative();
        call("SYSCALL_OPEN_X", "").absent("name").number("fd", -14).noObject().byActor();
    }

    @Test
    void unlinkedFileIsToldAsDeletedUnderTheNameItHad() throws Exception {
        call("SYSCALL_OPEN_X", "/proc/self/fd/7")
                .byActor()
                .number("fd", scene.said("deleted"))
                .object(FdKind.FILE_V2, scene.path("created"), RDONLY | LARGEFILE, Fd.DELETED);
    }
}
