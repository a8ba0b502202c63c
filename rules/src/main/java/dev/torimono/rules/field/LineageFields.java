// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.field;

import dev.torimono.model.Observation;
import dev.torimono.model.Task;
import dev.torimono.model.Text;
import dev.torimono.rules.field.ProcessFields.TaskReader;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Parents, ancestors, and the leaders of sessions and process groups. */
final class LineageFields {
    /** More than any real lineage; bounds a walk over a table that a hostile capture filled. */
    private static final int MAX_DEPTH = 1024;

    private LineageFields() {}

    static @Nullable Reader of(String name, FieldUse use) {
        return switch (name) {
            case "proc.pname" -> ancestor(1, (t, v) -> v.text(t.comm()));
            case "proc.pexe" -> ancestor(1, (t, v) -> v.text(t.image().exe()));
            case "proc.pexepath" -> ancestor(1, (t, v) -> v.text(t.image().path()));
            case "proc.pcmdline" -> ancestor(1, (t, v) -> v.text(t.commandLine()));
            case "proc.ppid" -> LineageFields::parentId;
            case "proc.pvpid" -> ancestor(1, (t, v) -> v.number(t.vpid()));
            case "proc.ppid.ts" -> ancestor(1, (t, v) -> v.number(t.cloneTimeNs()));
            case "proc.ppid.duration" -> LineageFields::parentAge;
            case "proc.aname" ->
                    indexed(use, (t, v) -> v.text(t.comm()), (t, v) -> v.append(t.comm()));
            case "proc.aexe" ->
                    indexed(
                            use,
                            (t, v) -> v.text(t.image().exe()),
                            (t, v) -> v.append(t.image().exe()));
            case "proc.aexepath" ->
                    indexed(
                            use,
                            (t, v) -> v.text(t.image().path()),
                            (t, v) -> v.append(t.image().path()));
            case "proc.acmdline" ->
                    indexed(
                            use,
                            (t, v) -> v.text(t.commandLine()),
                            (t, v) -> v.append(t.commandLine()));
            case "proc.aargs" ->
                    indexed(
                            use,
                            (t, v) -> ProcessFields.joined(t.image().args(), v.begin()).end(),
                            (t, v) -> ProcessFields.joined(t.image().args(), v));
            case "proc.apid" -> ancestor(index(use, 0), (t, v) -> t.pid() > 0 && v.number(t.pid()));
            case "proc.aenv" -> environment(use);
            case "proc.loginshellid" -> LineageFields::loginShell;
            default -> leader(name);
        };
    }

    private static @Nullable Reader leader(String name) {
        return switch (name) {
            case "proc.sname" -> leader(Id.SESSION, (t, v) -> v.text(t.comm()));
            case "proc.sid.exe" -> leader(Id.SESSION, (t, v) -> v.text(t.image().exe()));
            case "proc.sid.exepath" -> leader(Id.SESSION, (t, v) -> v.text(t.image().path()));
            case "proc.vpgid.name" -> leader(Id.VIRTUAL_GROUP, (t, v) -> v.text(t.comm()));
            case "proc.vpgid.exe" -> leader(Id.VIRTUAL_GROUP, (t, v) -> v.text(t.image().exe()));
            case "proc.vpgid.exepath" ->
                    leader(Id.VIRTUAL_GROUP, (t, v) -> v.text(t.image().path()));
            case "proc.pgid.name" -> leader(Id.GROUP, (t, v) -> v.text(t.comm()));
            case "proc.pgid.exe" -> leader(Id.GROUP, (t, v) -> v.text(t.image().exe()));
            case "proc.pgid.exepath" -> leader(Id.GROUP, (t, v) -> v.text(t.image().path()));
            default -> null;
        };
    }

    static @Nullable Reader candidates(String name, FieldUse use) {
        if (use.argument() != null && !name.equals("proc.aenv")) {
            return null;
        }
        return switch (name) {
            case "proc.aname" -> each((t, v) -> v.add(t.comm()));
            case "proc.aexe" -> each((t, v) -> v.add(t.image().exe()));
            case "proc.aexepath" -> each((t, v) -> v.add(t.image().path()));
            case "proc.acmdline" -> each((t, v) -> v.add(t.commandLine()));
            case "proc.apid" -> each((t, v) -> v.add(t.pid()));
            case "proc.aenv" ->
                    use.argument() == null
                            ? each((t, v) -> v.add(Text.join(Text.EMPTY, t.image().env())))
                            : null;
            default -> null;
        };
    }

    private static Reader each(BiConsumer<Task, Value> add) {
        return (o, v) -> {
            v.clear();
            Task task = o.task();
            for (int i = 0; i < MAX_DEPTH && task != null; i++) {
                task = up(task);
                if (task != null) {
                    add.accept(task, v);
                }
            }
            return v.count() > 0;
        };
    }

    private static @Nullable Task up(Task task) {
        Task parent = task.leader().parent();
        return parent == null ? null : parent.leader();
    }

    private static int index(FieldUse use, int otherwise) {
        return use.argument() == null ? otherwise : Integer.parseInt(use.argument());
    }

    private static Reader ancestor(int distance, TaskReader reader) {
        return (o, v) -> {
            Task task = o.task();
            if (task == null || task.pid() <= 0) {
                return false;
            }
            Task ancestor = distance == 0 ? task.leader() : task.ancestor(distance);
            return ancestor != null && reader.read(ancestor, v);
        };
    }

    /** One ancestor by index; without index the texts of all, joined by blanks. */
    private static Reader indexed(FieldUse use, TaskReader one, BiConsumer<Task, Value> append) {
        if (use.argument() != null) {
            return ancestor(Integer.parseInt(use.argument()), one);
        }
        return (o, v) -> {
            v.begin();
            Task task = o.task();
            Task at = task == null ? null : up(task);
            if (at == null) {
                return false;
            }
            for (int i = 0; i < MAX_DEPTH && at != null; i++) {
                if (v.written() > 0) {
                    v.append(' ');
                }
                append.accept(at, v);
                at = up(at);
            }
            return isVisible(v) && v.end();
        };
    }

    private static boolean isVisible(Value value) {
        return value.written() > 0;
    }

    private static boolean parentId(Observation o, Value value) {
        Task task = o.task();
        if (task == null || task.pid() <= 0) {
            return false;
        }
        Task leader = task.leader();
        Task parent = leader.parent();
        if (parent != null) {
            return value.number(parent.pid());
        }
        return leader.parentTid() > 0 && value.number(leader.parentTid());
    }

    private static boolean parentAge(Observation o, Value value) {
        Task task = o.task();
        Task parent = task == null ? null : task.ancestor(1);
        return parent != null
                && parent.cloneTimeNs() != 0
                && value.number(o.event().timestampNs() - parent.cloneTimeNs());
    }

    private static Reader environment(FieldUse use) {
        String argument = use.argument();
        if (argument == null) {
            return ProcessFields.task(
                    (t, v) -> ProcessFields.joined(t.leader().image().env(), v.begin()).end());
        }
        if (argument.chars().allMatch(Character::isDigit)) {
            return ancestor(
                    Integer.parseInt(argument),
                    (t, v) -> ProcessFields.joined(t.image().env(), v.begin()).end());
        }
        Text prefix = Text.of(argument + "=");
        return (o, v) -> {
            Task task = o.task();
            for (int i = 0; i < MAX_DEPTH && task != null; i++) {
                task = up(task);
                if (task != null && ProcessFields.variable(task, prefix, v)) {
                    return true;
                }
            }
            return false;
        };
    }

    /** The oldest process of the lineage, itself included, whose name ends in {@code sh}. */
    private static boolean loginShell(Observation o, Value value) {
        Task task = o.task();
        boolean found = false;
        Task at = task == null ? null : task.leader();
        for (int i = 0; i < MAX_DEPTH && at != null; i++) {
            Text comm = at.comm();
            int n = comm.length();
            if (n >= 2 && comm.at(n - 2) == 's' && comm.at(n - 1) == 'h') {
                found = value.number(at.pid());
            }
            at = up(at);
        }
        return found;
    }

    /** Which id names the leader that is looked for. */
    private enum Id {
        SESSION,
        GROUP,
        VIRTUAL_GROUP;

        long of(Task task) {
            return switch (this) {
                case SESSION -> task.sid();
                case GROUP -> task.pgid();
                case VIRTUAL_GROUP -> task.vpgid();
            };
        }
    }

    private static Reader leader(Id id, TaskReader reader) {
        return (o, v) -> {
            Task task = o.task();
            if (task == null) {
                return false;
            }
            Task leader = findLeader(o, task.leader(), id);
            return leader == null ? v.text(Text.EMPTY) : reader.read(leader, v);
        };
    }

    /**
     * The process whose id is that of the session or group; where it is gone or its id is of
     * another pid namespace, the oldest ancestor of the same session or group.
     */
    private static @Nullable Task findLeader(Observation o, Task task, Id id) {
        long wanted = id.of(task);
        if (wanted < 0) {
            return null;
        }
        boolean inner = task.vpid() != task.pid();
        if (wanted == (inner && id != Id.GROUP ? task.vpid() : task.pid())) {
            return task;
        }
        if (!inner && wanted > 0) {
            Task found = o.tasks().task(wanted);
            if (found != null) {
                return found.leader();
            }
        }
        Task oldest = null;
        Task at = up(task);
        for (int i = 0; i < MAX_DEPTH && at != null && id.of(at) == wanted; i++) {
            oldest = at;
            at = up(at);
        }
        return oldest;
    }
}
