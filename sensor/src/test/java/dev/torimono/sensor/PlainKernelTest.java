// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import dev.torimono.model.FdKind;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Calls about files and memory whose arguments are told one by one. */
@KernelTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlainKernelTest {
    private static final int LARGEFILE = 1 << 11;
    private static final int RDWR = 3 | LARGEFILE;
    private static final long UNCHANGED = 0xffffffffL;
    private static final int EMPTY_PATH = 4096;
    private static final int NOFOLLOW = 1024;

    private final Stage stage = new Stage();

    @AfterAll
    void close() throws Exception {
        stage.close();
    }

    @Test
    void ownersAreToldWithTheFile() throws Exception {
        Scene scene = stage.play("owner");
        owner(scene, "SYSCALL_CHOWN_X", "owned", 1, 2);
        owner(scene, "SYSCALL_LCHOWN_X", "link", 3, UNCHANGED);
        scene.only("SYSCALL_FCHOWN_X")
                .byActor()
                .number("res", 0)
                .number("fd", scene.said("file"))
                .number("uid", 4)
                .number("gid", 5)
                .object(FdKind.FILE_V2, scene.path("owned"), RDWR, 0)
                .noDetail()
                .andNothingElse();
        ownerAt(scene.nth("SYSCALL_FCHOWNAT_X", 0), scene.said("dir"), "link", 6, NOFOLLOW)
                .path(scene.path("link"))
                .andNothingElse();
        ownerAt(scene.nth("SYSCALL_FCHOWNAT_X", 1), scene.said("file"), "", 8, EMPTY_PATH)
                .path(scene.path("owned"))
                .andNothingElse();
    }

    private static void owner(Scene scene, String symbol, String name, long uid, long gid)
            throws Exception {
        scene.only(symbol)
                .byActor()
                .number("res", 0)
                .text("path", name)
                .number("uid", uid)
                .number("gid", gid)
                .path(scene.path(name))
                .noDetail()
                .andNothingElse();
    }

    private static Told ownerAt(Told told, long dir, String name, long uid, long flags)
            throws Exception {
        return told.byActor()
                .number("res", 0)
                .number("dirfd", dir)
                .text("pathname", name)
                .number("uid", uid)
                .number("gid", uid + 1)
                .number("flags", flags)
                .noDetail();
    }

    @Test
    void mappingsAreToldWithTheirFile() throws Exception {
        Scene scene = stage.play("memory");
        Told mapped =
                new Told(
                        scene.all("SYSCALL_MMAP_X").stream()
                                .filter(
                                        e ->
                                                e.number(e.type().paramIndex("res"))
                                                        == scene.said("page"))
                                .reduce((a, b) -> b)
                                .orElseThrow(),
                        scene);
        mapped.byActor()
                .number("res", scene.said("page"))
                .number("vm_size", n -> n > 0, "some")
                .number("vm_rss", n -> n > 0, "some")
                .number("vm_swap", n -> n >= 0, "any")
                .number("addr", 0)
                .number("length", 4096)
                .number("prot", 1 | 4)
                .number("flags", 2 | 1024)
                .number("fd", scene.said("file"))
                .number("offset", 0)
                .object(FdKind.FILE_V2, scene.path("mapped"), RDWR, 0)
                .noDetail()
                .andNothingElse();
        int last = scene.all("SYSCALL_MPROTECT_X").size() - 1;
        protection(scene.nth("SYSCALL_MPROTECT_X", last - 1), scene, 7);
        protection(scene.nth("SYSCALL_MPROTECT_X", last), scene, 4);
    }

    private static void protection(Told told, Scene scene, int prot) throws Exception {
        told.byActor()
                .number("res", r -> r <= 0, "0, or an error without protection keys")
                .number("addr", scene.said("page"))
                .number("length", 4096)
                .number("prot", prot)
                .object(FdKind.FILE_V2, scene.path("mapped"), RDWR, 0)
                .noDetail()
                .andNothingElse();
    }

    /** Of anonymous memory none, and none of what is not to be executed. */
    @Test
    void memoryThatIsMadeExecutableIsToldWithTheFileBehindIt() throws Exception {
        Scene scene = stage.play("protect");
        int last = scene.all("SYSCALL_MPROTECT_X").size() - 1;
        made(scene.nth("SYSCALL_MPROTECT_X", last - 3), scene, 4096, 3).noObject();
        made(scene.nth("SYSCALL_MPROTECT_X", last - 2), scene, 4096, 5).noObject();
        made(scene.nth("SYSCALL_MPROTECT_X", last - 1), scene, 8192, 5)
                .object(FdKind.FILE_V2, scene.path("mapped"), RDWR, 0);
        made(scene.nth("SYSCALL_MPROTECT_X", last), scene, 8192, 1).noObject();
    }

    private static Told made(Told told, Scene scene, long length, int prot) throws Exception {
        return told.byActor()
                .number("res", 0)
                .number("addr", scene.said("pages"))
                .number("length", length)
                .number("prot", prot);
    }

    @Test
    void memoryOfOthersIsToldWithItsFirstBytes() throws Exception {
        Scene scene = stage.play("memory");
        byte[] secret = "secret".getBytes(StandardCharsets.US_ASCII);
        scene.nth("SYSCALL_PROCESS_VM_READV_X", 0)
                .byActor()
                .number("res", 6)
                .number("pid", scene.pid())
                .bytes("data", secret)
                .noObject()
                .noDetail()
                .andNothingElse();
        scene.only("SYSCALL_PROCESS_VM_WRITEV_X")
                .number("res", 6)
                .number("pid", scene.pid())
                .bytes("data", secret);
        scene.nth("SYSCALL_PROCESS_VM_READV_X", 1).number("res", -3).absent("data");
    }

    @Test
    void bytesThatTheKernelMovesAreToldWithBothFds() throws Exception {
        Scene scene = stage.play("transfer");
        scene.only("SYSCALL_SENDFILE_X")
                .byActor()
                .number("res", 4)
                .number("offset", 6)
                .number("out_fd", scene.said("to"))
                .number("in_fd", scene.said("from"))
                .number("size", 4)
                .object(FdKind.FILE_V2, scene.path("from"), RDWR, 0)
                .noDetail()
                .andNothingElse();
        scene.only("SYSCALL_COPY_FILE_RANGE_X")
                .byActor()
                .number("res", 3)
                .number("fdout", scene.said("to"))
                .number("offout", 8)
                .number("fdin", scene.said("from"))
                .number("offin", 4)
                .number("len", 3)
                .object(FdKind.FILE_V2, scene.path("to"), RDWR, 0)
                .noDetail()
                .andNothingElse();
        scene.only("SYSCALL_SPLICE_X")
                .byActor()
                .number("res", 5)
                .number("fd_in", scene.said("from"))
                .number("fd_out", scene.said("write-end"))
                .number("size", 5)
                .number("flags", 4)
                .object(FdKind.FILE_V2, scene.path("from"), RDWR, 0)
                .noDetail()
                .andNothingElse();
    }
}
