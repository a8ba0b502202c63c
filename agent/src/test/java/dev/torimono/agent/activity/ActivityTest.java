// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.activity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.model.Accounts;
import dev.torimono.model.Alert;
import dev.torimono.model.Ancestor;
import dev.torimono.model.Container;
import dev.torimono.model.EventBuilder;
import dev.torimono.model.EventType;
import dev.torimono.model.Fd;
import dev.torimono.model.FdKind;
import dev.torimono.model.FdTable;
import dev.torimono.model.Finding;
import dev.torimono.model.Image;
import dev.torimono.model.Observation;
import dev.torimono.model.Priority;
import dev.torimono.model.Task;
import dev.torimono.model.Text;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class ActivityTest {
    private static final long S = TimeUnit.SECONDS.toNanos(1);
    private static final EventType EXEC = EventType.symbol("SYSCALL_EXECVE_19_X");
    private static final EventType EXIT = EventType.symbol("PROCEXIT_1_E");
    private static final EventType OPEN = EventType.symbol("SYSCALL_OPENAT_2_X");
    private static final EventType CONNECT = EventType.symbol("SOCKET_CONNECT_X");

    private final List<JsonNode> told = new ArrayList<>();
    private final List<Task> living = new ArrayList<>();
    private long nowNs = 1000 * S;
    private boolean room = true;
    private final Activity activity = new Activity(new FakeWorld(), () -> nowNs, this::take);

    private boolean take(byte[] json) {
        if (room) {
            told.add(JsonMapper.shared().readTree(json).path("activity"));
        }
        return room;
    }

    /** A machine whose processes are those of this test. */
    private final class FakeWorld implements Activity.World {
        @Override
        public Ancestor describe(Task task, Text comm, Image image) {
            Container in = task.container();
            return new Ancestor(
                    task.pid(),
                    0,
                    comm.toString(),
                    image.path().toString(),
                    comm.toString(),
                    0,
                    "root",
                    "",
                    in == null ? "host" : in.id(),
                    task.startNs(),
                    task.pid());
        }

        @Override
        public @Nullable Task task(long tid) {
            return living.stream().filter(task -> task.tid() == tid).findFirst().orElse(null);
        }

        @Override
        public List<Task> processesOf(String id) {
            return living.stream()
                    .filter(
                            task -> {
                                Container in = task.container();
                                return in != null && in.fullId().equals(id);
                            })
                    .toList();
        }

        @Override
        public List<Task> descendants(Task root) {
            return living.stream().filter(task -> task.ancestor(1) == root).toList();
        }
    }

    private Task task(long pid, String name, @Nullable Task parent, @Nullable Container in) {
        Task task = new Task(pid, pid);
        task.startNs(pid * 100).comm(Text.of(name)).container(in);
        if (parent != null) {
            task.parent(parent.pid(), parent);
        }
        living.add(task);
        return task;
    }

    private Observation observation(EventBuilder event, Task task, @Nullable Fd fd) {
        return new Observation(Accounts.NONE, FdTable.NONE).set(event.event(), task, fd);
    }

    private void exec(Task task) {
        activity.saw(
                observation(
                        new EventBuilder(EXEC, nowNs, task.pid()).number("res", 0), task, null));
    }

    private void exit(Task task) {
        activity.saw(
                observation(
                        new EventBuilder(EXIT, nowNs, task.pid()).number("status", 9), task, null));
        living.remove(task);
    }

    private void write(Task task, String path) {
        byte[] name = path.getBytes(StandardCharsets.UTF_8);
        Fd fd = new Fd().kind(FdKind.FILE).openFlags(2).name(name, 0, name.length);
        activity.saw(
                observation(new EventBuilder(OPEN, nowNs, task.pid()).number("fd", 3), task, fd));
    }

    private void connect(Task task) {
        Fd fd =
                new Fd()
                        .kind(FdKind.IPV4_SOCK)
                        .l4proto(2)
                        .tuple(new byte[] {10, 0, 0, 1}, 999, new byte[] {10, 0, 0, 2}, 443);
        activity.saw(
                observation(
                        new EventBuilder(CONNECT, nowNs, task.pid()).number("res", 0), task, fd));
    }

    private void alert(Task task) {
        Finding finding =
                new Finding("Rule", Priority.NOTICE, "syscall", List.of(), 1, 1, "m", Map.of());
        Ancestor who = new FakeWorld().describe(task, task.comm(), task.image());
        activity.alerted(new Alert(finding, "box", List.of(who)).in(task.container()));
    }

    private void later(long seconds) {
        nowNs += seconds * S;
        activity.tick();
    }

    private List<String> deeds() {
        List<String> deeds = new ArrayList<>();
        for (JsonNode message : told) {
            for (JsonNode deed : message.path("deeds")) {
                deeds.add(deed.path("kind").asString() + " " + deed.path("name").asString());
            }
        }
        return deeds;
    }

    private static Container container(String id) {
        return Container.pending(id + "-full", "docker");
    }

    @Test
    void nothingIsToldOfTreesWithoutAlerts() {
        Task sh = task(10, "sh", null, container("c1"));
        exec(sh);
        write(sh, "/tmp/x");
        later(2);
        assertThat(told).isEmpty();
    }

    @Test
    void theContainerOfAnAlertTellsWhatItDidBeforeAndAfter() {
        Container c1 = container("c1");
        Task init = task(10, "nginx", null, c1);
        Task gone = task(11, "curl", init, c1);
        exec(gone);
        write(gone, "/tmp/evil");
        exit(gone);
        exec(task(12, "other", null, container("c2")));
        Task sh = task(13, "sh", init, c1);
        exec(sh);
        alert(sh);
        later(1);
        assertThat(deeds())
                .contains("exec curl", "write curl", "exit curl", "exec sh", "process nginx")
                .doesNotContain("exec other", "process other");
        told.clear();
        connect(sh);
        exit(sh);
        later(2);
        assertThat(deeds()).containsExactly("connect sh", "exit sh");
        JsonNode connection = told.getFirst().path("deeds").path(0);
        assertThat(connection.path("peer").asString()).isEqualTo("10.0.0.2:443");
        assertThat(connection.path("direction").asString()).isEqualTo("out");
        assertThat(connection.path("parent").path("pid").asLong()).isEqualTo(10);
        assertThat(told.getFirst().path("deeds").path(1).path("status").asInt()).isEqualTo(9);
    }

    @Test
    void onTheHostOnlyTheFamilyOfTheAlertIsToldOf() {
        Task shell = task(20, "bash", task(1, "init", null, null), null);
        Task evil = task(21, "evil", shell, null);
        Task stranger = task(30, "stranger", task(29, "sshd", null, null), null);
        alert(evil);
        later(1);
        exec(task(22, "sibling", shell, null));
        exec(task(23, "child", evil, null));
        exec(stranger);
        later(1);
        assertThat(deeds())
                .contains("process bash", "process evil", "exec sibling", "exec child")
                .doesNotContain("exec stranger", "process init");
    }

    @Test
    void aTreeIsLookedAtForAWhileOnly() {
        Task sh = task(10, "sh", null, container("c1"));
        alert(sh);
        later(1);
        later(30);
        alert(sh);
        later(50);
        told.clear();
        exec(sh);
        later(1);
        assertThat(deeds()).containsExactly("exec sh");
        later(120);
        told.clear();
        exec(sh);
        later(2);
        assertThat(told).isEmpty();
    }

    @Test
    void whatIsTooMuchIsCountedInstead() {
        Task sh = task(10, "sh", null, container("c1"));
        alert(sh);
        later(1);
        told.clear();
        for (int i = 0; i < 700; i++) {
            write(sh, "/tmp/" + i);
        }
        write(sh, "/tmp/5");
        later(1);
        assertThat(deeds()).hasSizeBetween(598, 600);
        JsonNode message = told.getFirst();
        assertThat(message.path("left_out").path("files").asInt()).isEqualTo(700 - deeds().size());
        assertThat(message.path("deeds").toString()).contains("\"count\":2");
    }

    @Test
    void aFullWayOutIsCounted() {
        Task sh = task(10, "sh", null, container("c1"));
        room = false;
        alert(sh);
        later(1);
        assertThat(activity.unwatched()).isEqualTo(1);
    }
}
