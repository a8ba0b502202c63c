// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.conformance;

import dev.torimono.model.Credentials;
import dev.torimono.model.Image;
import dev.torimono.model.Task;
import dev.torimono.model.TaskTable;
import dev.torimono.model.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The task of a snapshot, its ancestors, and whatever other task it names. */
final class SnapshotTasks {
    /** Snapshots list no more ancestors than that. */
    private static final int MOST_LISTED = 8;

    private final Snapshot snapshot;
    private final Map<Long, Task> known = new HashMap<>();
    private final @Nullable Task task;

    SnapshotTasks(Snapshot snapshot) {
        this.snapshot = snapshot;
        JsonNode thread = snapshot.thread();
        task = thread == null ? null : build(thread);
        addNamed();
    }

    @Nullable Task task() {
        return task;
    }

    TaskTable table() {
        return known::get;
    }

    private Task build(JsonNode thread) {
        Task built = own(thread, thread.get("tid").longValue());
        Task leader = built;
        if (built.pid() != built.tid() && built.pid() > 0) {
            leader = own(thread, built.pid());
            built.leader(leader);
        }
        leader.threads((int) snapshot.number("proc.nthreads", 1));
        leader.comm(snapshot.bytes(snapshot.text("proc.aname[0]", leader.comm().toString())));
        leader.cwd(snapshot.bytes(snapshot.text("proc.cwd", "")));
        long others = snapshot.number("proc.nchilds", 0);
        if (others > 0 && others == leader.threads()) {
            leader.exited(1, 0);
        }
        if (built.pid() > 0 && !snapshot.has("proc.aname[0]")) {
            // The leader is gone, and with it the link to the parent.
            return built;
        }
        Task child = leader;
        boolean first = true;
        int listed = 0;
        for (JsonNode ancestor : snapshot.ancestors()) {
            Task parent = task(ancestor, ancestor.get("tid").longValue(), Image.UNKNOWN);
            if (first) {
                parent.cloneTimeNs(snapshot.number("proc.ppid.ts", 0));
                first = false;
            }
            child.parent(parent.tid(), parent);
            child = parent;
            listed++;
        }
        if (listed == MOST_LISTED && child.parentTid() > 0) {
            Task oldest = unlisted(child);
            child.parent(oldest.tid(), oldest);
        }
        return built;
    }

    /** The ancestor beyond those listed, from what fields over all ancestors tell of it. */
    private Task unlisted(Task youngest) {
        StringBuilder names = new StringBuilder();
        StringBuilder exes = new StringBuilder();
        StringBuilder paths = new StringBuilder();
        for (JsonNode ancestor : snapshot.ancestors()) {
            names.append(ancestor.get("comm").stringValue()).append(' ');
            exes.append(ancestor.get("exe").stringValue()).append(' ');
            paths.append(ancestor.get("exepath").stringValue()).append(' ');
        }
        Task task = new Task(youngest.parentTid(), youngest.parentTid());
        task.comm(rest("proc.aname", names));
        task.image(
                new Image(
                        rest("proc.aexe", exes),
                        rest("proc.aexepath", paths),
                        List.of(),
                        List.of(),
                        0,
                        0,
                        0,
                        0,
                        0,
                        false,
                        false,
                        false,
                        false));
        known.put(task.tid(), task);
        return task;
    }

    private Text rest(String field, StringBuilder listed) {
        String all = snapshot.text(field, "");
        return all.startsWith(listed.toString())
                ? Text.of(all.substring(listed.length()))
                : Text.EMPTY;
    }

    /** The task itself, with what only its fields tell. */
    private Task own(JsonNode thread, long tid) {
        boolean executed = snapshot.has("proc.exe_ino.ctime_duration_proc_start");
        Image facts =
                new Image(
                        Text.EMPTY,
                        Text.EMPTY,
                        List.of(),
                        List.of(),
                        executed ? 1 : 0,
                        0,
                        0,
                        snapshot.number("proc.exe_ino.ctime", 0),
                        snapshot.number("proc.exe_ino.mtime", 0),
                        false,
                        false,
                        false,
                        false);
        Task built = task(thread, tid, facts);
        built.cloneTimeNs(snapshot.number("proc.pid.ts", 0));
        built.pidNamespaceStartNs(snapshot.number("proc.pidns_init_start_ts", 0));
        built.credentials(
                new Credentials(
                        thread.get("uid").longValue(),
                        thread.get("gid").longValue(),
                        thread.get("loginuid").longValue(),
                        capabilities("thread.cap_inheritable"),
                        capabilities("thread.cap_permitted"),
                        capabilities("thread.cap_effective")));
        built.usage(
                new Task.Usage(
                        snapshot.number("proc.fdlimit", 0),
                        snapshot.number("proc.fdopencount", 0),
                        snapshot.number(
                                tid == thread.get("pid").longValue()
                                        ? "proc.vmsize"
                                        : "thread.vmsize",
                                0),
                        snapshot.number(
                                tid == thread.get("pid").longValue()
                                        ? "proc.vmrss"
                                        : "thread.vmrss",
                                0),
                        snapshot.number("proc.vmswap", 0),
                        snapshot.number("thread.pfmajor", 0),
                        snapshot.number("thread.pfminor", 0)));
        return built;
    }

    private Task task(JsonNode node, long tid, Image facts) {
        Task built = new Task(tid, node.get("pid").longValue());
        built.comm(text(node, "comm"))
                .cwd(text(node, "cwd"))
                .root(text(node, "root"))
                .tty(node.get("tty").intValue())
                .parent(node.get("ptid").longValue(), null)
                .virtualIds(node.get("vtid").longValue(), node.get("vpid").longValue())
                .session(
                        node.get("sid").longValue(),
                        node.get("pgid").longValue(),
                        node.get("vpgid").longValue())
                .image(image(node, facts));
        JsonNode cgroups = node.get("cgroups");
        if (cgroups != null) {
            StringBuilder joined = new StringBuilder();
            cgroups.properties()
                    .forEach(
                            entry ->
                                    joined.append(entry.getKey())
                                            .append('=')
                                            .append(entry.getValue().stringValue())
                                            .append('\0'));
            built.cgroup(Text.of(joined.toString()));
        }
        known.put(tid, built);
        return built;
    }

    private Image image(JsonNode node, Image facts) {
        return new Image(
                text(node, "exe"),
                text(node, "exepath"),
                texts(node.get("args")),
                node.has("env") ? texts(node.get("env")) : environment(),
                facts.execTimeNs(),
                node.get("exe_ino").longValue(),
                0,
                facts.ctimeNs(),
                facts.mtimeNs(),
                node.get("exe_writable").booleanValue(),
                node.get("exe_upper_layer").booleanValue(),
                node.get("exe_lower_layer").booleanValue(),
                node.get("exe_from_memfd").booleanValue());
    }

    private Text text(JsonNode node, String key) {
        return snapshot.bytes(node.get(key).stringValue());
    }

    private List<Text> texts(@Nullable JsonNode array) {
        if (array == null) {
            return List.of();
        }
        List<Text> texts = new ArrayList<>();
        array.forEach(item -> texts.add(snapshot.bytes(item.stringValue())));
        return texts;
    }

    /** The environment of a process of which only another thread is listed. */
    private List<Text> environment() {
        List<String> entries = new ArrayList<>();
        for (String word : snapshot.text("proc.env", "").split(" ")) {
            if (word.contains("=") || entries.isEmpty()) {
                entries.add(word);
            } else {
                entries.set(entries.size() - 1, entries.getLast() + " " + word);
            }
        }
        return entries.stream().map(Text::of).toList();
    }

    private long capabilities(String field) {
        String names = snapshot.text(field, "");
        long bits = 0;
        for (String name : names.split(" ")) {
            int bit = Arrays.asList(CapabilityNames.ALL).indexOf(name);
            bits |= bit < 0 ? 0 : 1L << bit;
        }
        return bits;
    }

    /** Tasks known only by an id with a name: pids among parameters, leaders of groups. */
    private void addNamed() {
        for (JsonNode param : snapshot.params()) {
            if (param.get("type").stringValue().equals("PID") && param.has("resolved")) {
                addNamed(
                        Long.parseLong(param.get("str").stringValue()),
                        param.get("resolved").stringValue(),
                        "",
                        "");
            }
        }
        if (task != null) {
            addLeader(task.sid(), "proc.sname", "proc.sid");
            addLeader(task.pgid(), "proc.pgid.name", "proc.pgid");
            addLeader(task.vpgid(), "proc.vpgid.name", "proc.vpgid");
        }
    }

    private void addLeader(long id, String nameField, String prefix) {
        String name = snapshot.text(nameField, "");
        if (id > 0 && !name.isEmpty()) {
            addNamed(
                    id,
                    name,
                    snapshot.text(prefix + ".exe", ""),
                    snapshot.text(prefix + ".exepath", ""));
        }
    }

    private void addNamed(long tid, String comm, String exe, String path) {
        if (known.containsKey(tid)) {
            return;
        }
        Task named = new Task(tid, tid);
        named.comm(snapshot.bytes(comm));
        named.image(
                new Image(
                        Text.of(exe),
                        Text.of(path),
                        List.of(),
                        List.of(),
                        0,
                        0,
                        0,
                        0,
                        0,
                        false,
                        false,
                        false,
                        false));
        known.put(tid, named);
    }
}
