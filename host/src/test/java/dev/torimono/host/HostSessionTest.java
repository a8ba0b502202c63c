// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.model.Credentials;
import dev.torimono.model.Event;
import dev.torimono.model.EventType;
import dev.torimono.model.Extension;
import dev.torimono.model.FdKind;
import dev.torimono.model.Task;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostSessionTest {
    private static final int PTS_3 = 136 << 8 | 3;

    @TempDir Path proc;
    private final Records records = new Records();
    private Host host;

    @BeforeEach
    void start() {
        host = new Host(HostConfig.at(proc, proc, 1));
        host.observe(records.exec(1, 1, 0, "/sbin/init"));
        host.observe(
                records.execIn("/", 1, 50, 100, 1, "/bin/bash")
                        .number("tty", PTS_3)
                        .number("pgid", 50)
                        .number("vpgid", 5)
                        .number("loginuid", 1000)
                        .number("cap_inheritable", 0)
                        .number("cap_permitted", 3)
                        .number("cap_effective", 3)
                        .event());
    }

    @AfterEach
    void stop() {
        host.close();
    }

    @Test
    void childInheritsTerminalGroupAndLogin() {
        Task child = task(records.fork(51, 200, 50, 100));
        assertThat(child.tty()).isEqualTo(PTS_3);
        assertThat(child.pgid()).isEqualTo(50);
        assertThat(child.vpgid()).isEqualTo(5);
        assertThat(child.credentials().loginUid()).isEqualTo(1000);
        assertThat(host.lineage(child).getFirst().tty()).isEqualTo("pts/3");
    }

    @Test
    void setsidMakesALeaderWithoutTerminal() {
        EventType setsid = EventType.symbol("SYSCALL_SETSID_X");
        Task task = task(records.at(setsid, 50).number("res", 50).event());
        assertThat(task.sid()).isEqualTo(50);
        assertThat(task.pgid()).isEqualTo(50);
        assertThat(task.tty()).isZero();
    }

    @Test
    void failedCallsChangeNothing() {
        EventType chdir = EventType.symbol("SYSCALL_CHDIR_X");
        Task task = task(records.at(chdir, 50).number("res", -2).text("path", "/nowhere").event());
        assertThat(task.cwd()).hasToString("/");
        EventType exec = EventType.symbol("SYSCALL_EXECVE_19_X");
        task = task(records.at(exec, 50).number("res", -2).text("exe", "/nowhere").event());
        assertThat(task.comm()).hasToString("bash");
    }

    @Test
    void chdirTakesTheResolvedFolder() {
        EventType chdir = EventType.symbol("SYSCALL_CHDIR_X");
        byte[] object = Records.object(FdKind.DIRECTORY, Records.text("/real/www"));
        Event event =
                records.at(chdir, 50)
                        .number("res", 0)
                        .text("path", "../link")
                        .extension(Extension.OBJECT, object)
                        .event();
        assertThat(task(event).cwd()).hasToString("/real/www");
    }

    @Test
    void realUidChangesTheEffectiveOneOnlyWhenItChanges() {
        // A setuid program: effective 0 by the exec record, real 1000 by every context.
        Event sudo =
                records.execIn("/", 1, 50, 100, 1, "/usr/bin/sudo")
                        .number("uid", 0)
                        .extension(Extension.CONTEXT, Records.context(50, 100, 1, 1000))
                        .event();
        host.observe(sudo);
        Task task = task(records.openIn(50, Records.context(50, 100, 1, 1000), 3, "/etc/sudoers"));
        assertThat(task.credentials().uid()).isZero();
        assertThat(task.realUid()).isEqualTo(1000);
        task = task(records.openIn(50, Records.context(50, 100, 1, 33), 3, "/tmp/x"));
        assertThat(task.credentials().uid()).isEqualTo(33);
        assertThat(task.credentials().loginUid()).isEqualTo(1000);
    }

    @Test
    void strangerIsToldByItsContextAlone() {
        Task task = task(records.openIn(99, Records.context(98, 5, 1, 33), 3, "/tmp/x"));
        assertThat(task.pid()).isEqualTo(98);
        assertThat(task.credentials().uid()).isEqualTo(33);
        assertThat(task.credentials().loginUid()).isEqualTo(Credentials.UNSET);
        assertThat(host.task(99)).isNull();
    }

    @Test
    void contextTooShortIsCountedAndIgnored() {
        Event event =
                records.at(Records.OPENAT, 50)
                        .number("fd", 3)
                        .extension(Extension.CONTEXT, new byte[8])
                        .event();
        assertThat(task(event)).isSameAs(host.task(50));
        assertThat(host.counters().get(HostCounter.EXTENSIONS_MALFORMED)).isEqualTo(1);
    }

    private Task task(Event event) {
        return Objects.requireNonNull(host.observe(event).task());
    }
}
