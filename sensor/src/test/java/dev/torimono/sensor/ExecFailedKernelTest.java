// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.model.Event;
import dev.torimono.model.Extension;
import java.nio.file.Files;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@KernelTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExecFailedKernelTest {
    private final Stage stage = new Stage();
    private Scene scene;

    @BeforeAll
    void play() throws Exception {
        scene = stage.play("exec-failed");
    }

    @AfterAll
    void close() throws Exception {
        stage.close();
    }

    private Told failed(String symbol) throws Exception {
        Event event =
                scene.all(symbol).stream()
                        .filter(e -> e.number(0) < 0)
                        .findFirst()
                        .orElseThrow(() -> new AssertionError(symbol + ": no failure told"));
        // The image is still the caller's own; only the arguments are those it wanted to give.
        return new Told(event, scene)
                .byActor()
                .here()
                .number("res", -2)
                .text("exe", "zero")
                .texts("args", "one", "two words")
                .number("tid", scene.pid())
                .number("pid", scene.pid())
                .number("ptid", ProcessHandle.current().pid())
                .text("cwd", scene.directory().toString())
                .number("fdlimit", ProcSelf.fileLimit())
                .number("pgft_maj", value -> value >= 0, "a count")
                .number("pgft_min", value -> value > 0, "a count")
                .number("vm_size", value -> value > 0, "a size")
                .number("vm_rss", value -> value >= 0, "a size")
                .number("vm_swap", value -> value >= 0, "a size")
                .text("comm", "actor")
                .texts("cgroups", "pids=" + ProcSelf.cgroup())
                .number("tty", 0)
                .number("vpgid", ProcSelf.stat(5))
                .number("loginuid", ProcSelf.loginUid())
                .number("flags", 1)
                .number("cap_inheritable", ProcSelf.capabilities("CapInh"))
                .number("cap_permitted", ProcSelf.capabilities("CapPrm"))
                .number("cap_effective", ProcSelf.capabilities("CapEff"))
                .number("exe_ino", (Long) Files.getAttribute(Actor.binary(), "unix:ino"))
                .number("exe_ino_ctime", value -> value > 0, "a time")
                .number("exe_ino_mtime", value -> value > 0, "a time")
                .number("uid", 0)
                .text("trusted_exepath", Actor.binary().toRealPath().toString())
                .number("pgid", ProcSelf.stat(5))
                .number("gid", 0)
                .bytes("env", event.bytes(event.type().paramIndex("env")))
                .noStdio();
    }

    @Test
    void failedExecveTellsWhatWasTried() throws Exception {
        Told told = failed("SYSCALL_EXECVE_19_X");
        told.text("filename", "./missing").path(scene.directory() + "/./missing");
        assertThat(told.event().length(told.extension(Extension.DETAIL)))
                .isGreaterThan(Extension.DETAIL_HEADER_BYTES);
        told.andNothingElse();
    }

    @Test
    void failedExecveatIsRelativeToItsDirectory() throws Exception {
        Told told = failed("SYSCALL_EXECVEAT_X");
        told.path(scene.path("missing")).extension(Extension.DETAIL);
        told.andNothingElse();
    }
}
