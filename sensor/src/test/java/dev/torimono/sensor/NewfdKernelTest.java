// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import dev.torimono.model.Fd;
import dev.torimono.model.FdKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@KernelTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NewfdKernelTest {
    private static final int UDP = 3;

    private final Stage stage = new Stage();
    private Scene scene;

    @BeforeAll
    void play() throws Exception {
        scene = stage.play("newfd");
    }

    @AfterAll
    void close() throws Exception {
        stage.close();
    }

    @Test
    void socketTellsItsTypeWithoutFlags() throws Exception {
        scene.only("SOCKET_SOCKET_X")
                .byActor()
                .number("fd", scene.said("socket"))
                .number("domain", 10)
                .number("type", 2)
                .number("proto", 17)
                .number("flags", 1 << 6)
                .socket(FdKind.IPV6_SOCK, UDP, 0, Tuples.tuple("::", 0, "::", 0))
                .noDetail()
                .andNothingElse();
    }

    @Test
    void memfdTellsTheNameItWasGiven() throws Exception {
        scene.only("SYSCALL_MEMFD_CREATE_X")
                .byActor()
                .number("fd", scene.said("memfd"))
                .text("name", "plan")
                .number("flags", 1 | 2)
                .object(FdKind.MEMFD, "memfd:plan", 3 | 1 << 11, Fd.MEMFD)
                .noDetail()
                .andNothingElse();
    }

    @Test
    void userfaultfdTellsItsFlags() throws Exception {
        Told told = scene.only("SYSCALL_USERFAULTFD_X");
        told.byActor()
                .number("res", scene.said("userfaultfd"))
                .number("flags", 1 << 12 | 1 << 6)
                .noDetail();
        told.object(FdKind.USERFAULTFD, "[userfaultfd]", 1 | 1 << 6, 0).andNothingElse();
    }

    @Test
    void bpfTellsItsCommandAndNoObjectWhenItFails() throws Exception {
        scene.only("SYSCALL_BPF_2_X")
                .byActor()
                .number("fd", result -> result < 0, "an error")
                .number("cmd", 5)
                .noObject()
                .noDetail()
                .andNothingElse();
    }
}
