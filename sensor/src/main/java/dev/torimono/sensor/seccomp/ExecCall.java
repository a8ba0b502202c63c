// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.seccomp;

import dev.torimono.model.EventBuilder;
import dev.torimono.model.Extension;
import dev.torimono.model.Fd;
import dev.torimono.model.HeldFile;
import dev.torimono.model.Text;
import dev.torimono.sensor.gate.CallerFacts;
import dev.torimono.sensor.gate.SmallFiles;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * execve and execveat before they happen: what would run, and how its record would read. A script
 * is told as the kernel tells it, by its interpreter. Refilled for each; one thread.
 */
final class ExecCall {
    private static final int AT_FDCWD = -100;
    private static final int AT_SYMLINK_NOFOLLOW = 0x100;
    private static final int ENOENT = 2;
    private static final int ENOEXEC = 8;
    private static final int EACCES = 13;
    private static final int EXECUTE = 1;
    private static final int S_IFREG = 0100000;
    private static final int COMM_BYTES = 15;
    private static final int MOST_ARGUMENT_BYTES = 16_384;
    private static final int MOST_ENVIRONMENT_BYTES = 8_192;

    /** The kernel follows as many scripts that are interpreters of scripts. */
    private static final int MOST_INTERPRETERS = 4;

    private static final int EXE_WRITABLE = 1;
    private static final int EXE_UPPER_LAYER = 1 << 1;
    private static final int EXE_FROM_MEMFD = 1 << 2;
    private static final int EXE_LOWER_LAYER = 1 << 3;
    private static final int WRITE = 2;

    private final TaskMemory memory;
    private final PathFinder paths;
    private final SmallFiles files;
    private final String proc;
    private Text filename = Text.EMPTY;
    private List<Text> arguments = List.of();
    private List<Text> environment = List.of();
    private final List<HeldFile> chain = new ArrayList<>();
    private Text path = Text.EMPTY;
    private int result;
    private @Nullable Text cwd;
    private int @Nullable [] namespaces;

    ExecCall(TaskMemory memory, PathFinder paths, SmallFiles files, String proc) {
        this.memory = memory;
        this.paths = paths;
        this.files = files;
        this.proc = proc;
    }

    /** Reads what is asked for. */
    void read(Caught of, boolean withEnvironment) {
        boolean at = of.type().symbol().equals("SYSCALL_EXECVEAT_X");
        Notification n = of.notification();
        int pointer = of.is32Bit() ? 4 : 8;
        int dirfd = at ? of.fd(0) : AT_FDCWD;
        boolean follow = !at || (n.argument(4) & AT_SYMLINK_NOFOLLOW) == 0;
        filename = memory.text(of.tid(), n.argument(at ? 1 : 0));
        arguments =
                new ArrayList<>(
                        memory.texts(
                                of.tid(), n.argument(at ? 2 : 1), pointer, MOST_ARGUMENT_BYTES));
        environment =
                withEnvironment
                        ? memory.texts(
                                of.tid(), n.argument(at ? 3 : 2), pointer, MOST_ENVIRONMENT_BYTES)
                        : List.of();
        chain.clear();
        cwd = null;
        namespaces = null;
        result = 0;
        Text name = filename;
        PathFinder.Found found = paths.find(of.tid(), dirfd, name, follow, of.session().bornNs());
        path = found.path();
        for (int i = 0; i < MOST_INTERPRETERS; i++) {
            HeldFile file = found.file();
            if (file == null) {
                result = -ENOENT;
                return;
            }
            chain.add(file);
            result = check(of.who(), file);
            if (result != 0) {
                return;
            }
            String line = firstLine(of, file, name, dirfd);
            if (!line.startsWith("#!")) {
                result = line.startsWith("\177ELF") || line.isEmpty() ? 0 : -ENOEXEC;
                return;
            }
            Text interpreter = interpret(line, name);
            name = interpreter;
            found = paths.find(of.tid(), AT_FDCWD, interpreter, true, of.session().bornNs());
        }
    }

    private static int check(CallerFacts who, HeldFile file) {
        boolean regular = FileLook.type(file.mode()) == S_IFREG;
        return regular && Permission.mayBe(who, file, EXECUTE) ? 0 : -EACCES;
    }

    /** The beginning of a file that is to be executed. */
    private String firstLine(Caught of, HeldFile file, Text name, int dirfd) {
        String start = paths.head(of.tid(), chain.size() == 1 ? dirfd : AT_FDCWD, name, file, 256);
        int end = start.indexOf('\n');
        return start.startsWith("#!") && end > 0 ? start.substring(0, end) : start;
    }

    /** Puts the interpreter before the arguments, as the kernel does. */
    private Text interpret(String line, Text script) {
        String[] words = line.substring(2).strip().split("[ \t]+", 2);
        List<Text> all = new ArrayList<>();
        all.add(Text.of(words[0]));
        if (words.length > 1 && !words[1].isBlank()) {
            all.add(Text.of(words[1].strip()));
        }
        all.add(script);
        if (!arguments.isEmpty()) {
            all.addAll(arguments.subList(1, arguments.size()));
        }
        arguments = all;
        return Text.of(words[0]);
    }

    /** 0 when it can succeed, else the error that it must end with. */
    int result() {
        return result;
    }

    /** What is executed: the file that is named, and behind it the interpreters of scripts. */
    List<HeldFile> chain() {
        return chain;
    }

    Text filename() {
        return filename;
    }

    List<Text> arguments() {
        return arguments;
    }

    /** Its record, with what the kernel would tell once it has happened. */
    EventBuilder record(Caught of, int contextFlags, int error, Text cgroup) {
        CallerFacts who = of.who();
        HeldFile file = chain.isEmpty() ? null : chain.getLast();
        EventBuilder event = of.begin().number("res", error);
        event.bytes(
                "exe", Caught.terminated(arguments.isEmpty() ? filename : arguments.getFirst()));
        event.bytes("args", joined(arguments, 1));
        event.number("tid", of.tid()).number("pid", who.pid()).number("ptid", who.parent());
        event.bytes("cwd", Caught.terminated(cwd(of.tid())));
        event.bytes("comm", Caught.terminated(comm(of, error)));
        event.bytes("cgroups", Caught.terminated(Text.of("pids=" + cgroup)));
        event.bytes("env", joined(environment, 0));
        event.number("tty", who.terminal());
        event.number("vpgid", who.innerGroup()).number("pgid", who.group());
        event.number("cap_inheritable", who.capInheritable());
        event.number("cap_permitted", who.capPermitted());
        event.number("cap_effective", who.capEffective());
        event.number("uid", who.effectiveUid()).number("gid", who.effectiveGid());
        event.number("flags", file == null ? 0 : flags(file, who));
        event.number("exe_ino", file == null ? 0 : file.inode());
        event.number("exe_ino_ctime", file == null ? 0 : file.ctimeNs());
        event.number("exe_ino_mtime", file == null ? 0 : file.mtimeNs());
        event.bytes("trusted_exepath", Caught.terminated(file == null ? path : file.path()));
        if (of.type().paramIndex("filename") >= 0) {
            event.bytes("filename", Caught.terminated(filename));
        }
        event.extension(Extension.CONTEXT, of.context(contextFlags));
        return error == 0
                ? event.extension(Extension.DETAIL, detail(of, file, cgroup))
                : event.extension(Extension.OBJECT, Caught.path(path));
    }

    private byte[] detail(Caught of, @Nullable HeldFile file, Text cgroup) {
        byte[] path = Caught.terminated(cgroup);
        byte[] bytes = new byte[Extension.DETAIL_HEADER_BYTES + path.length];
        ByteBuffer detail = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        detail.putLong(of.who().startNs()).putLong(0);
        for (int each : namespaces(of.tid())) {
            detail.putInt(each);
        }
        boolean gone = file == null || file.is(Fd.DELETED) || file.is(Fd.MEMFD);
        detail.putInt(gone ? 0 : 1).putInt(file == null ? 0 : (int) file.filesystem());
        detail.putInt(file == null ? 0 : file.device()).putInt(file == null ? 0 : file.mode());
        detail.put(path);
        return bytes;
    }

    private Text cwd(long tid) {
        Text known = cwd;
        if (known == null) {
            known = files.link(proc + tid + "/cwd");
            cwd = known;
        }
        return known;
    }

    /** Of processes and of mounts. */
    private int[] namespaces(long tid) {
        int[] known = namespaces;
        if (known == null) {
            known = new int[] {namespace(tid, "pid"), namespace(tid, "mnt")};
            namespaces = known;
        }
        return known;
    }

    private int namespace(long tid, String kind) {
        String link = files.link(proc + tid + "/ns/" + kind).toString();
        int open = link.indexOf('[');
        return open < 0 ? 0 : Integer.parseUnsignedInt(link.substring(open + 1, link.length() - 1));
    }

    private static int flags(HeldFile file, CallerFacts who) {
        int flags = Permission.mayBe(who, file, WRITE) ? EXE_WRITABLE : 0;
        flags |= file.is(Fd.UPPER_LAYER) ? EXE_UPPER_LAYER : 0;
        flags |= file.is(Fd.LOWER_LAYER) ? EXE_LOWER_LAYER : 0;
        return flags | (file.is(Fd.MEMFD) ? EXE_FROM_MEMFD : 0);
    }

    /** What the task will be called: the last part of what exec was given. */
    private Text comm(Caught of, int error) {
        if (error != 0) {
            return Text.of(files.text(proc + of.tid() + "/comm").strip());
        }
        return calledAs();
    }

    /** Last part of the path as it was given. */
    Text calledAs() {
        byte[] bytes = (filename.isEmpty() ? path : filename).array();
        int from = 0;
        for (int i = 0; i < bytes.length; i++) {
            from = bytes[i] == '/' ? i + 1 : from;
        }
        return Text.of(bytes, from, Math.min(bytes.length - from, COMM_BYTES));
    }

    private static byte[] joined(List<Text> texts, int from) {
        int length = 0;
        for (int i = from; i < texts.size(); i++) {
            length += texts.get(i).length() + 1;
        }
        ByteBuffer joined = ByteBuffer.allocate(length);
        for (int i = from; i < texts.size(); i++) {
            joined.put(texts.get(i).array()).put((byte) 0);
        }
        return joined.array();
    }

    /** Of a file that a name means to a task; null when there is none. */
    @Nullable HeldFile look(long tid, Text name, long bornNs) {
        return name.isEmpty() ? null : paths.find(tid, AT_FDCWD, name, true, bornNs).file();
    }
}
