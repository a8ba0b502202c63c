// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.host.Records;
import dev.torimono.model.Ancestor;
import dev.torimono.model.EventBuilder;
import dev.torimono.model.EventType;
import dev.torimono.model.Extension;
import dev.torimono.model.Fd;
import dev.torimono.model.FdKind;
import dev.torimono.model.Observation;
import dev.torimono.model.Snapshot;
import dev.torimono.model.Task;
import dev.torimono.model.Text;
import dev.torimono.model.User;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CaptureHostTest {
    private static final int CLOEXEC = 0x1000;

    private final CaptureHost host = new CaptureHost(new CaptureContainers());
    private long timeNs = 1_000_000_000L;

    @BeforeEach
    void begin() {
        Task init = new Task(1, 1).parent(0, null).virtualIds(1, 1).comm(Text.of("init"));
        Task shell = new Task(100, 100).parent(1, null).virtualIds(100, 100);
        shell.comm(Text.of("bash")).cwd(Text.of("/home/u"));
        User root = new User(0, 0, Text.of("root"), Text.of("/root"), Text.of("/bin/sh"));
        host.begin(
                new Snapshot(
                        Snapshot.Machine.UNKNOWN,
                        List.of(init, shell),
                        Map.of(),
                        List.of(root),
                        List.of(),
                        List.of()));
    }

    @Test
    void relativeOpenIsResolvedAgainstTheWorkingDirectory() {
        see(of("SYSCALL_CHDIR_X", 100).text("path", "../v"));
        Fd fd = open(100, 3, "./x/../data", 1);
        assertThat(name(fd)).isEqualTo("/home/v/data");
        assertThat(fd.rawName()).hasToString("./x/../data");
        assertThat(fd.kind()).isEqualTo(FdKind.FILE_V2);
        assertThat(fd.facts() & Fd.NAME_CHANGED).isNotZero();
    }

    @Test
    void openRelativeToADirectoryFdIsResolvedAgainstIt() {
        open(100, 5, "/etc", 0x401);
        EventBuilder at = of("SYSCALL_OPENAT_2_X", 100).number("fd", 6).number("dirfd", 5);
        assertThat(name(fd(see(at.text("name", "passwd").number("flags", 1)))))
                .isEqualTo("/etc/passwd");
        EventBuilder lost = of("SYSCALL_OPENAT_2_X", 100).number("fd", 7).number("dirfd", 44);
        assertThat(name(fd(see(lost.text("name", "x").number("flags", 1)))))
                .isEqualTo("<UNKNOWN>/x");
    }

    @Test
    void fileOfACaptureOfOursHasItsOtherNameToo() {
        EventBuilder open =
                of("SYSCALL_OPENAT_2_X", 100).number("fd", 3).text("name", "/mnt/shadow");
        byte[] object =
                Records.object(FdKind.FILE_V2, "/mnt/shadow\0".getBytes(StandardCharsets.UTF_8));
        byte[] other = "/etc/shadow\0".getBytes(StandardCharsets.UTF_8);
        open.extension(Extension.OBJECT, object).extension(Extension.DETAIL, other);
        Observation seen = see(open);
        assertThat(name(fd(seen))).isEqualTo("/mnt/shadow");
        assertThat(host.takeOtherName()).isTrue();
        assertThat(name(fd(seen))).isEqualTo("/etc/shadow");
        open(100, 4, "/plain", 1);
        assertThat(host.takeOtherName()).isFalse();
    }

    @Test
    void closedFdIsStillSeenByItsOwnEventOnly() {
        open(100, 3, "/a", 1);
        Observation close = see(of("SYSCALL_CLOSE_X", 100).number("res", 0).number("fd", 3));
        assertThat(name(fd(close))).isEqualTo("/a");
        Observation again = see(of("SYSCALL_CLOSE_X", 100).number("res", -9).number("fd", 3));
        assertThat(fd(again).kind()).isEqualTo(FdKind.UNKNOWN);
        assertThat(fd(again).number()).isEqualTo(3);
    }

    @Test
    void childHasItsParentsFdsUntilItExecutes() {
        open(100, 3, "/keep", 1);
        open(100, 4, "/gone", 1 | CLOEXEC);
        Observation born = see(clone(0, 200, 100));
        assertThat(born.fd(4)).isNotNull();
        Observation exec = see(exec(200, "/usr/bin/cat", "cat", "x"));
        assertThat(exec.fd(3)).isNotNull();
        assertThat(exec.fd(4)).isNull();
        Task task = task(exec);
        assertThat(task.commandLine()).hasToString("cat x");
        assertThat(task.image().path()).hasToString("/usr/bin/cat");
        assertThat(task.parent()).extracting(t -> t.comm().toString()).isEqualTo("bash");
        assertThat(host.lineage(task))
                .extracting(Ancestor::name)
                .containsExactly("cat", "bash", "init");
    }

    @Test
    void parentsReturnDoesNotReplaceTheChildThatCameFirst() {
        see(clone(0, 200, 100));
        see(exec(200, "/bin/true", "true"));
        see(clone(200, 100, 1));
        assertThat(task(see(of("SYSCALL_CHDIR_X", 200).text("path", "/"))).comm())
                .hasToString("true");
    }

    @Test
    void threadSharesFdsAndWorkingDirectoryOfItsProcess() {
        int thread = 1 << 13;
        see(clone(0, 201, 1).number("pid", 100).number("flags", thread));
        open(201, 9, "/shared", 1);
        see(of("SYSCALL_CHDIR_X", 201).text("path", "/tmp"));
        Observation main = see(of("SYSCALL_CAPSET_X", 100));
        assertThat(main.fd(9)).isNotNull();
        assertThat(task(main).cwd()).hasToString("/tmp/");
        assertThat(task(main).threads()).isEqualTo(2);
    }

    @Test
    void orphansAreGivenToTheNearestReaper() {
        see(clone(0, 200, 100));
        see(clone(0, 300, 200));
        see(of("PROCEXIT_1_E", 200).number("status", 0));
        Observation orphan = see(of("SYSCALL_CHDIR_X", 300).text("path", "/"));
        assertThat(task(orphan).parentTid()).isEqualTo(1);
        assertThat(host.observe(of("PROCEXIT_1_E", 999).event())).isNotNull();
    }

    @Test
    void taskThatNothingToldOfIsAPlaceholderUntilItExecutes() {
        Observation unknown = see(of("SYSCALL_CHDIR_X", 777).text("path", "/"));
        assertThat(task(unknown).pid()).isEqualTo(-1);
        assertThat(task(unknown).comm()).hasToString("<NA>");
        Task known = task(see(exec(777, "/bin/ls", "ls")));
        assertThat(known.pid()).isEqualTo(777);
        assertThat(known.comm()).hasToString("ls");
    }

    @Test
    void connectedSocketIsNamedAfterBothEnds() {
        see(socket(7, 2, 1));
        byte[] tuple = {2, 127, 0, 0, 1, 0x39, 0x30, 10, 0, 0, 9, 80, 0};
        Observation connect =
                see(of("SOCKET_CONNECT_X", 100).bytes("tuple", tuple).number("fd", 7));
        Fd fd = fd(connect);
        assertThat(name(fd)).isEqualTo("127.0.0.1:12345->10.0.0.9:80");
        assertThat(fd.role()).isEqualTo(Fd.Role.CLIENT);
        assertThat(fd.connected()).isTrue();
    }

    @Test
    void boundSocketIsAServer() {
        see(socket(7, 2, 1));
        byte[] address = {2, 0, 0, 0, 0, (byte) 0x90, 0x1f};
        Fd fd = fd(see(of("SOCKET_BIND_X", 100).bytes("addr", address).number("fd", 7)));
        assertThat(fd.kind()).isEqualTo(FdKind.IPV4_SERVSOCK);
        assertThat(name(fd)).isEqualTo("0.0.0.0:8080");
        assertThat(fd.role()).isEqualTo(Fd.Role.SERVER);
    }

    @Test
    void enterEventsAndLeadingStateAreNotObserved() {
        assertThat(host.observe(of("USER_ADDED_E", -1).number("uid", 7).text("name", "u").event()))
                .isNull();
        assertThat(host.observe(of("SYSCALL_OPEN_E", 100).text("name", "/a").event())).isNull();
        Observation later =
                host.observe(of("USER_ADDED_E", -1).number("uid", 8).text("name", "v").event());
        assertThat(later).isNotNull();
        assertThat(later.user(7)).extracting(u -> u.name().toString()).isEqualTo("u");
    }

    @Test
    void containerComesFromTheCgroupsAndItsOwnEvent() {
        String id = "5b03dbdcbb568a3b3b2e7709d6c3fe0877ced6823283c284783e6a1aa4177564";
        EventBuilder exec = exec(200, "/bin/sh", "sh");
        exec.texts("cgroups", List.of("cpu=/docker/" + id));
        see(clone(0, 200, 100));
        Task task = task(see(exec));
        assertThat(task.container())
                .extracting(c -> c.id() + c.pending())
                .isEqualTo("5b03dbdcbb56true");
        String json = "{\"container\":{\"id\":\"5b03dbdcbb56\",\"name\":\"web\",\"type\":0}}";
        see(of("CONTAINER_JSON_2_E", -1).text("json", json));
        assertThat(task.container()).extracting(c -> c.name() + c.runtime()).isEqualTo("webdocker");
    }

    private EventBuilder clone(long result, long tid, long parent) {
        return of("SYSCALL_CLONE_20_X", tid)
                .number("res", result)
                .text("exe", "bash")
                .number("pid", tid)
                .number("ptid", parent)
                .text("comm", "bash")
                .number("vtid", tid)
                .number("vpid", tid);
    }

    private EventBuilder exec(long tid, String path, String name, String... args) {
        return of("SYSCALL_EXECVE_19_X", tid)
                .text("exe", name)
                .texts("args", List.of(args))
                .number("pid", tid)
                .number("ptid", 100)
                .text("comm", name)
                .text("trusted_exepath", path);
    }

    private EventBuilder socket(long fd, int domain, int type) {
        return of("SOCKET_SOCKET_X", 100)
                .number("fd", fd)
                .number("domain", domain)
                .number("type", type);
    }

    private Fd open(long tid, long number, String path, int flags) {
        EventBuilder open = of("SYSCALL_OPEN_X", tid).number("fd", number);
        return fd(see(open.text("name", path).number("flags", flags)));
    }

    private EventBuilder of(String symbol, long tid) {
        return new EventBuilder(EventType.symbol(symbol), timeNs++, tid);
    }

    private Observation see(EventBuilder builder) {
        Observation observation = host.observe(builder.event());
        assertThat(observation).isNotNull();
        return observation;
    }

    private static Task task(Observation observation) {
        Task task = observation.task();
        assertThat(task).isNotNull();
        return task;
    }

    private static Fd fd(Observation observation) {
        @Nullable Fd fd = observation.fd();
        assertThat(fd).isNotNull();
        return fd;
    }

    private static String name(Fd fd) {
        return new String(fd.name(), 0, fd.nameLength(), StandardCharsets.UTF_8);
    }
}
