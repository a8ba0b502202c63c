// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import dev.torimono.model.FdKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Calls about pidfds, io_uring, pairs of sockets and handles whose arguments are told one by one.
 */
@KernelTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlainObjectsKernelTest {
    private static final int LARGEFILE = 1 << 11;
    private static final int RDWR = 3;

    private final Stage stage = new Stage();

    @AfterAll
    void close() throws Exception {
        stage.close();
    }

    @Test
    void pidfdsAreToldAndWhoTheyMean() throws Exception {
        Scene scene = stage.play("pidfd");
        Told opened = scene.nth("SYSCALL_PIDFD_OPEN_X", 0).byActor();
        opened.number("fd", scene.said("self")).number("pid", scene.pid()).number("flags", 1);
        opened.objectOfKind(FdKind.PIDFD).noDetail().andNothingElse();
        scene.nth("SYSCALL_PIDFD_OPEN_X", 1).number("fd", -3).number("flags", 0).noObject();
        scene.only("SYSCALL_PIDFD_GETFD_X")
                .byActor()
                .number("fd", scene.said("stolen"))
                .number("pid_fd", scene.said("self"))
                .number("target_fd", 1)
                .number("flags", 0)
                .objectOfKind(FdKind.FIFO)
                .noDetail()
                .andNothingElse();
    }

    @Test
    void signalByPidfdIsAKillOfTheProcess() throws Exception {
        Scene scene = stage.play("pidfd");
        scene.only("SYSCALL_KILL_X")
                .byActor()
                .number("res", 0)
                .number("pid", scene.pid())
                .number("sig", 0)
                .objectOfKind(FdKind.PIDFD)
                .noDetail()
                .andNothingElse();
    }

    @Test
    void ringsAreToldAsTheKernelMadeThem() throws Exception {
        Scene scene = stage.play("ring");
        scene.only("SYSCALL_IO_URING_SETUP_X")
                .byActor()
                .number("res", scene.said("ring"))
                .number("entries", 4)
                .number("sq_entries", 4)
                .number("cq_entries", 32)
                .number("flags", 16 | 32)
                .number("sq_thread_cpu", 0)
                .number("sq_thread_idle", 0)
                .number("features", scene.said("features"))
                .objectOfKind(FdKind.IOURING)
                .noDetail()
                .andNothingElse();
        scene.only("SYSCALL_IO_URING_ENTER_X")
                .byActor()
                .number("res", 0)
                .number("fd", scene.said("ring"))
                .number("to_submit", 0)
                .number("min_complete", 0)
                .number("flags", 1)
                .number("sig", 0)
                .objectOfKind(FdKind.IOURING)
                .noDetail()
                .andNothingElse();
        scene.only("SYSCALL_IO_URING_REGISTER_X")
                .byActor()
                .number("res", -6)
                .number("fd", scene.said("ring"))
                .number("opcode", 1)
                .number("arg", 0)
                .number("nr_args", 0)
                .objectOfKind(FdKind.IOURING)
                .noDetail()
                .andNothingElse();
    }

    @Test
    void pairsAreToldWithBothEnds() throws Exception {
        Scene scene = stage.play("pair");
        scene.only("SOCKET_SOCKETPAIR_X")
                .byActor()
                .number("res", 0)
                .number("fd1", scene.said("first"))
                .number("fd2", scene.said("second"))
                .number("source", n -> n != 0, "a socket")
                .number("peer", n -> n != 0, "a socket")
                .number("domain", 1)
                .number("type", 1)
                .number("proto", 0)
                .noObject()
                .noDetail()
                .andNothingElse();
        scene.only("SOCKET_SHUTDOWN_X")
                .byActor()
                .number("res", 0)
                .number("fd", scene.said("first"))
                .number("how", 1)
                .objectOfKind(FdKind.UNIX_SOCK)
                .noDetail()
                .andNothingElse();
        scene.only("SYSCALL_IOCTL_3_X")
                .byActor()
                .number("res", 0)
                .number("fd", scene.said("first"))
                .number("request", 0x541b)
                .number("argument", n -> n != 0, "a pointer")
                .objectOfKind(FdKind.UNIX_SOCK)
                .noDetail()
                .andNothingElse();
    }

    @Test
    void unloadingOfModulesIsToldWithTheName() throws Exception {
        Scene scene = stage.play("pair");
        scene.only("SYSCALL_DELETE_MODULE_X")
                .byActor()
                .number("res", n -> n < 0, "an error")
                .text("name", "no-such")
                .number("flags", 3)
                .noObject()
                .noDetail()
                .andNothingElse();
    }

    @Test
    void fileOpenedByItsHandleIsToldByItsPath() throws Exception {
        Scene scene = stage.play("handle");
        scene.nth("SYSCALL_OPEN_BY_HANDLE_AT_X", 0)
                .byActor()
                .number("fd", scene.said("opened"))
                .number("mountfd", scene.said("dir"))
                .number("flags", RDWR)
                .text("path", scene.path("handled"))
                .number("dev", scene.said("dev"))
                .number("ino", scene.said("ino"))
                .object(FdKind.FILE_V2, scene.path("handled"), RDWR | LARGEFILE, 0)
                .noDetail()
                .andNothingElse();
        scene.nth("SYSCALL_OPEN_BY_HANDLE_AT_X", 1)
                .number("fd", n -> n < 0, "an error")
                .absent("path")
                .number("dev", 0)
                .number("ino", 0)
                .noObject();
    }

    @Test
    void newerCallsOfMountingAreTold() throws Exception {
        Scene scene = stage.play("filesystem");
        scene.nth("SYSCALL_FSCONFIG_X", 0)
                .byActor()
                .number("res", 0)
                .number("fd", scene.said("context"))
                .number("cmd", 1)
                .text("key", "size")
                .absent("value_bytebuf")
                .text("value_charbuf", "64k")
                .number("aux", 0)
                .objectOfKind(FdKind.UNSUPPORTED)
                .noDetail()
                .andNothingElse();
        scene.nth("SYSCALL_FSCONFIG_X", 1).number("cmd", 6).absent("key").absent("value_charbuf");
        scene.only("SYSCALL_MOUNT_X")
                .byActor()
                .number("res", -2)
                .text("dev", "")
                .text("dir", "no/where")
                .absent("type")
                .number("flags", 8192)
                .path(scene.path("no/where"))
                .noDetail()
                .andNothingElse();
    }

    @Test
    void nodesAreToldWithTheirKindAndDevice() throws Exception {
        Scene scene = stage.play("nodes");
        scene.only("SYSCALL_MKNOD_X")
                .byActor()
                .number("res", 0)
                .text("path", "fifo")
                .number("mode", 0010640)
                .number("dev", 0)
                .path(scene.path("fifo"))
                .noDetail()
                .andNothingElse();
        scene.only("SYSCALL_MKNODAT_X")
                .byActor()
                .number("res", 0)
                .number("dirfd", scene.said("dir"))
                .text("path", "null")
                .number("mode", 0020600)
                .number("dev", 0x103)
                .path(scene.path("null"))
                .noDetail()
                .andNothingElse();
    }

    @Test
    void capabilitiesAreToldAsTheyAreAfterwards() throws Exception {
        Scene scene = stage.play("nodes");
        scene.only("SYSCALL_CAPSET_X")
                .byActor()
                .number("res", 0)
                .number("cap_inheritable", 1 << 5)
                .number("cap_permitted", scene.said("permitted"))
                .number("cap_effective", scene.said("effective"))
                .noObject()
                .noDetail()
                .andNothingElse();
        scene.only("SYSCALL_SECCOMP_X")
                .byActor()
                .number("res", n -> n < 0, "an error")
                .number("op", 1)
                .number("flags", 2)
                .noObject()
                .noDetail()
                .andNothingElse();
    }
}
