// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.field;

import dev.torimono.model.Fd;
import dev.torimono.model.FdKind;
import dev.torimono.model.Image;
import dev.torimono.model.Observation;
import dev.torimono.model.Task;
import dev.torimono.model.Text;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The process that did it: name, command line, executable, standard streams. */
final class ProcessFields {
    private ProcessFields() {}

    static Reader of(String name, FieldUse use) {
        String argument = use.argument();
        return switch (name) {
            case "proc.name" -> ProcessFields::name;
            case "proc.exe" -> task((t, v) -> v.text(t.image().exe()));
            case "proc.exepath" -> task((t, v) -> v.text(t.image().path()));
            case "proc.args" ->
                    argument == null
                            ? task((t, v) -> joined(t.image().args(), v.begin()).end())
                            : element(Integer.parseInt(argument));
            case "proc.cmdline" -> task((t, v) -> v.text(t.commandLine()));
            case "proc.exeline" -> task(ProcessFields::exeLine);
            case "proc.cmdnargs" -> task((t, v) -> v.number(t.image().args().size()));
            case "proc.cmdlenargs" -> task((t, v) -> v.number(length(t.image().args())));
            case "proc.env" -> environment(argument);
            case "proc.cwd" -> task(ProcessFields::directory);
            case "proc.tty" -> task((t, v) -> v.number(Integer.toUnsignedLong(t.tty())));
            case "proc.pid" -> task((t, v) -> v.number(t.pid()));
            case "proc.vpid" -> task((t, v) -> t.vpid() > 0 && v.number(t.vpid()));
            case "proc.sid" -> task((t, v) -> v.number(t.sid()));
            case "proc.vpgid" -> task((t, v) -> v.number(t.vpgid()));
            case "proc.pgid" -> task((t, v) -> v.number(t.pgid()));
            case "proc.is_sid_leader" -> task((t, v) -> v.bool(t.sid() == t.vpid()));
            case "proc.is_vpgid_leader" -> task((t, v) -> v.bool(t.vpgid() == t.vpid()));
            case "proc.is_pgid_leader" -> task((t, v) -> v.bool(t.pgid() == t.pid()));
            case "proc.duration" -> ProcessFields::duration;
            case "proc.pid.ts" -> task((t, v) -> t.cloneTimeNs() != 0 && v.number(t.cloneTimeNs()));
            case "proc.pidns_init_start_ts" ->
                    task(
                            (t, v) ->
                                    t.pidNamespaceStartNs() != 0
                                            && v.number(t.pidNamespaceStartNs()));
            case "proc.stdin.type" -> streamType(0);
            case "proc.stdout.type" -> streamType(1);
            case "proc.stderr.type" -> streamType(2);
            case "proc.stdin.name" -> streamName(0);
            case "proc.stdout.name" -> streamName(1);
            case "proc.stderr.name" -> streamName(2);
            default -> executable(name);
        };
    }

    private static boolean name(Observation o, Value value) {
        Task task = o.task();
        return task != null && value.text(task.comm());
    }

    private static Reader executable(String name) {
        return switch (name) {
            case "proc.is_exe_writable" -> task((t, v) -> v.bool(t.image().writable()));
            case "proc.is_exe_upper_layer" -> task((t, v) -> v.bool(t.image().upperLayer()));
            case "proc.is_exe_lower_layer" -> task((t, v) -> v.bool(t.image().lowerLayer()));
            case "proc.is_exe_from_memfd" -> task((t, v) -> v.bool(t.image().memfd()));
            case "proc.exe_ino" ->
                    task((t, v) -> t.image().inode() != 0 && v.number(t.image().inode()));
            case "proc.exe_ino.ctime" ->
                    task((t, v) -> t.image().inode() != 0 && v.number(t.image().ctimeNs()));
            case "proc.exe_ino.mtime" ->
                    task((t, v) -> t.image().inode() != 0 && v.number(t.image().mtimeNs()));
            case "proc.exe_ino.ctime_duration_proc_start" -> task(ProcessFields::sinceChange);
            case "proc.exe_ino.ctime_duration_pidns_start" ->
                    task(ProcessFields::changedAfterNamespace);
            default -> Reader.MISSING;
        };
    }

    /** Reads a known task. */
    @FunctionalInterface
    interface TaskReader {
        boolean read(Task task, Value value);
    }

    static Reader task(TaskReader reader) {
        return (o, v) -> {
            Task task = o.task();
            return task != null && reader.read(task, v);
        };
    }

    /** Appends texts separated by blanks. */
    static Value joined(List<Text> texts, Value value) {
        for (int i = 0; i < texts.size(); i++) {
            if (i > 0) {
                value.append(' ');
            }
            value.append(texts.get(i));
        }
        return value;
    }

    private static Reader element(int index) {
        return task(
                (t, v) -> {
                    List<Text> args = t.image().args();
                    return v.text(index < args.size() ? args.get(index) : Text.EMPTY);
                });
    }

    /** Falco's has a final slash, and rules rely on it; the kernel's has none. */
    private static boolean directory(Task task, Value value) {
        Text cwd = task.leader().cwd();
        if (cwd.isEmpty() || cwd.at(cwd.length() - 1) == '/') {
            return value.text(cwd);
        }
        return value.begin().append(cwd).append('/').end();
    }

    private static boolean exeLine(Task task, Value value) {
        value.begin().append(task.image().exe()).append(' ');
        return joined(task.image().args(), value).end();
    }

    private static int length(List<Text> texts) {
        int sum = 0;
        for (int i = 0; i < texts.size(); i++) {
            sum += texts.get(i).length();
        }
        return sum;
    }

    private static Reader environment(@Nullable String variable) {
        if (variable == null) {
            return task((t, v) -> joined(t.leader().image().env(), v.begin()).end());
        }
        Text prefix = Text.of(variable + "=");
        return task((t, v) -> variable(t.leader(), prefix, v) || v.text(Text.EMPTY));
    }

    /** The value of the variable whose name, with its equals sign, is given. */
    static boolean variable(Task task, Text prefix, Value value) {
        List<Text> env = task.image().env();
        int n = prefix.length();
        for (int i = 0; i < env.size(); i++) {
            Text entry = env.get(i);
            if (entry.length() >= n && prefix.equalTo(entry.array(), 0, n)) {
                return value.text(entry.array(), n, entry.length() - n);
            }
        }
        return false;
    }

    private static boolean duration(Observation o, Value value) {
        Task task = o.task();
        return task != null
                && task.cloneTimeNs() != 0
                && value.number(o.event().timestampNs() - task.cloneTimeNs());
    }

    private static boolean sinceChange(Task task, Value value) {
        Image image = task.image();
        return image.execTimeNs() != 0
                && task.cloneTimeNs() != 0
                && value.number(task.cloneTimeNs() - image.ctimeNs());
    }

    private static boolean changedAfterNamespace(Task task, Value value) {
        Image image = task.image();
        return image.execTimeNs() != 0
                && task.pidNamespaceStartNs() != 0
                && image.ctimeNs() > task.pidNamespaceStartNs()
                && value.number(image.ctimeNs() - task.pidNamespaceStartNs());
    }

    private static Reader streamType(int number) {
        Text[] names = FdFields.typeNames();
        return (o, v) -> {
            Fd fd = o.fd(number);
            if (fd == null || fd.kind() == FdKind.UNKNOWN) {
                return false;
            }
            Text name = names[fd.kind().ordinal()];
            return name != null && v.text(name);
        };
    }

    private static Reader streamName(int number) {
        return (o, v) -> {
            Fd fd = o.fd(number);
            return fd != null
                    && fd.kind() != FdKind.UNKNOWN
                    && v.text(fd.name(), 0, fd.nameLength());
        };
    }
}
