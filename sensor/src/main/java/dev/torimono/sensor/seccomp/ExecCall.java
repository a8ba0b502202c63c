// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.seccomp;

import dev.torimono.model.HeldFile;
import dev.torimono.model.Text;
import dev.torimono.sensor.gate.CallerFacts;
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

    private final TaskMemory memory;
    private final PathFinder paths;
    private Text filename = Text.EMPTY;
    private List<Text> arguments = List.of();
    private List<Text> environment = List.of();
    private final List<HeldFile> chain = new ArrayList<>();
    private Text path = Text.EMPTY;
    private int result;

    ExecCall(TaskMemory memory, PathFinder paths) {
        this.memory = memory;
        this.paths = paths;
    }

    /** Reads what is asked for. */
    void read(Caught of, boolean withEnvironment) {
        boolean at = of.type().symbol().equals("SYSCALL_EXECVEAT_X");
        Notification n = of.notification();
        int pointer = of.is32Bit() ? 4 : 8;
        int dirfd = at ? of.fd(0) : AT_FDCWD;
        boolean follow = !at || (n.argument(4) & AT_SYMLINK_NOFOLLOW) == 0;
        memory.fetch(of.tid(), n.argument(at ? 1 : 0), n.argument(at ? 2 : 1));
        filename = memory.text(of.tid(), n.argument(at ? 1 : 0));
        arguments = memory.texts(of.tid(), n.argument(at ? 2 : 1), pointer, MOST_ARGUMENT_BYTES);
        environment =
                withEnvironment
                        ? memory.texts(
                                of.tid(), n.argument(at ? 3 : 2), pointer, MOST_ENVIRONMENT_BYTES)
                        : List.of();
        chain.clear();
        result = 0;
        Text name = filename;
        PathFinder.Found found =
                paths.program(of.tid(), dirfd, name, follow, of.session().bornNs());
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
            String line = firstLine(found.head());
            if (!line.startsWith("#!")) {
                result = line.startsWith("\177ELF") || line.isEmpty() ? 0 : -ENOEXEC;
                return;
            }
            Text interpreter = interpret(line, name);
            name = interpreter;
            found = paths.program(of.tid(), AT_FDCWD, interpreter, true, of.session().bornNs());
        }
    }

    private static int check(CallerFacts who, HeldFile file) {
        boolean regular = FileLook.type(file.mode()) == S_IFREG;
        return regular && Permission.mayBe(who, file, EXECUTE) ? 0 : -EACCES;
    }

    /** Of a script; else the beginning as it is. */
    private static String firstLine(String start) {
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

    List<Text> environment() {
        return environment;
    }

    /** Where the named file lies, or would. */
    Text path() {
        return path;
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

    /** Of a file that a name means to a task; null when there is none. */
    @Nullable HeldFile look(long tid, Text name, long bornNs) {
        return name.isEmpty() ? null : paths.find(tid, AT_FDCWD, name, true, bornNs).file();
    }
}
