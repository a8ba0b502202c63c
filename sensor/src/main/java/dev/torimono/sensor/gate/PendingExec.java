// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.gate;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.torimono.model.Event;
import dev.torimono.model.HeldExec;
import dev.torimono.model.HeldFile;
import dev.torimono.model.Text;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** The exec in hand, refilled for each. Reads on demand; one thread. */
final class PendingExec implements HeldExec {
    /** What an exec consists of beyond its first file follows within moments. */
    private static final long CONTINUES_WITHIN_NS = 1_000_000_000;

    private final SmallFiles files;
    private final Inspection inspection;
    private final Caller caller;
    private final ProvisionalEvent provisional;
    private final CallerTerminal terminal;
    private final String proc;
    private final boolean legacyCgroup;
    private final LongFunction<String> containers;
    private final RecentCalls recent = new RecentCalls();
    private Runnable before = () -> {};
    private int fd;
    private long tid;
    private long nowNs;
    private @Nullable HeldFile file;
    private @Nullable CallerFacts facts;
    private @Nullable Text cgroup;
    private @Nullable Text launcher;
    private @Nullable Event event;
    private boolean silent;
    private boolean unproven;
    private long armedCgroup;
    private int look;

    /**
     * @param containers full ids by armed cgroups; empty for none
     */
    PendingExec(ExecGate.Parts parts, LongFunction<String> containers) {
        this.containers = containers;
        this.proc = parts.proc() + "/";
        this.legacyCgroup = parts.legacyCgroup();
        this.files = new SmallFiles();
        this.inspection = new Inspection(parts.kernel(), files);
        this.caller = new Caller(files, proc);
        this.provisional = new ProvisionalEvent(parts.epochOffsetNs());
        this.terminal = new CallerTerminal(files, proc);
    }

    /** What brings the judge's knowledge up to date, if that is needed. */
    void knowing(Runnable upToDate) {
        before = upToDate;
    }

    /** Speaks of another exec from now on; looks at its file at once. */
    PendingExec set(int ofFile, long thread, long now) {
        fd = ofFile;
        tid = thread;
        nowNs = now;
        file = null;
        facts = null;
        cgroup = null;
        launcher = null;
        event = null;
        unproven = false;
        caller.set(thread);
        look = look == -1 ? 1 : look + 1; // 0 is no number
        file = inspection.look(ofFile, thread, look);
        armedCgroup = inspection.callerCgroup();
        return this;
    }

    /** The number of the look at its file, by which the kernel side is answered. */
    int look() {
        return look;
    }

    @Override
    public long tid() {
        return tid;
    }

    @Override
    public long pid() {
        return facts().pid();
    }

    @Override
    public String container() {
        return armedCgroup == 0 ? "" : containers.apply(armedCgroup);
    }

    @Override
    public Text cgroup() {
        Text known = cgroup;
        if (known == null) {
            known = CgroupLine.path(files.text(proc + tid + "/cgroup"), legacyCgroup);
            cgroup = known;
        }
        return known;
    }

    @Override
    public HeldFile file() {
        return Objects.requireNonNull(file);
    }

    @Override
    public @Nullable InputStream content() {
        try {
            return Files.newInputStream(Path.of("/proc/self/fd/" + fd));
        } catch (IOException e) {
            return null;
        }
    }

    /** Asked of the overlay: its inode in memory counts one where the file below has many names. */
    @Override
    public boolean alone() {
        try {
            Path open = Path.of("/proc/self/fd/" + fd);
            return Files.getAttribute(open, "unix:nlink") instanceof Integer names && names == 1;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public boolean script() {
        return files.read(fd, 0, 2) == 2
                && files.bytes().get(JAVA_BYTE, 0) == '#'
                && files.bytes().get(JAVA_BYTE, 1) == '!';
    }

    @Override
    public boolean continues() {
        boolean known = recent.passed(tid, nowNs - CONTINUES_WITHIN_NS);
        if (!known && !silent) {
            return false;
        }
        boolean follows = !isNamed();
        unproven |= follows && !known;
        return follows;
    }

    /**
     * Whether it was taken for what follows from another file of the same call, of which nobody was
     * asked: the caller's own memory says so, which may lie.
     */
    boolean unproven() {
        return unproven;
    }

    /** From now on some files are not asked about. */
    void someAreSilent(boolean are) {
        silent = are;
    }

    /** Whether the file is the one that the caller named, and not one that follows from it. */
    private boolean isNamed() {
        HeldFile named = named(caller.filename());
        return named == null
                || (named.inode() == file().inode() && named.device() == file().device());
    }

    /** Whether the same call was held before and is to end with a kill. */
    boolean isDoomed() {
        return recent.doomed(tid, nowNs - CONTINUES_WITHIN_NS) && continues();
    }

    /** Whether it was judged without its arguments, because they could not be read. */
    boolean blind() {
        return caller.blind();
    }

    /** Remembers what became of it, for what the same call is held for next. */
    void answered(boolean passed, boolean doomed) {
        if (passed) {
            recent.remember(tid, nowNs, doomed);
        } else {
            recent.forget(tid);
        }
    }

    @Override
    public Text launcher() {
        Text known = launcher;
        if (known == null) {
            known = files.link(proc + tid + "/exe");
            if (known.length() <= 1) {
                // Run from memory or from a mount that is gone, as runtimes do on their way in.
                known = Text.of(files.text(proc + tid + "/comm").strip());
            }
            launcher = known;
        }
        return known;
    }

    @Override
    public Text calledAs() {
        byte[] path = caller.filename().array();
        int from = path.length;
        while (from > 0 && path[from - 1] != '/') {
            from--;
        }
        return Text.of(path, from, path.length - from);
    }

    @Override
    public List<Text> arguments() {
        return caller.arguments();
    }

    @Override
    public @Nullable HeldFile named(Text argument) {
        return look(tid, argument);
    }

    /** The file that a name means to a thread; null when there is none. */
    @Nullable HeldFile look(long who, Text argument) {
        if (argument.isEmpty()) {
            return null;
        }
        int root = files.open(proc + who + "/root", SmallFiles.O_PATH);
        if (root < 0) {
            return null;
        }
        int named = files.openInside(root, absolute(who, argument));
        files.close(root);
        if (named < 0) {
            return null;
        }
        try {
            return inspection.look(named);
        } finally {
            files.close(named);
        }
    }

    /** Looks at the program of a process; nothing happens when it is gone. */
    void program(long pid, BiConsumer<String, HeldFile> with) {
        int program = files.open(proc + pid + "/exe", SmallFiles.O_PATH);
        if (program < 0) {
            return;
        }
        try {
            with.accept("/proc/self/fd/" + program, inspection.look(program));
        } finally {
            files.close(program);
        }
    }

    /** One byte a character, as seen from the caller's root. */
    private String absolute(long who, Text argument) {
        String name = bytes(argument);
        if (name.startsWith("/")) {
            return name;
        }
        String root = bytes(files.link(proc + who + "/root"));
        String directory = bytes(files.link(proc + who + "/cwd"));
        boolean changed = root.length() > 1 && directory.startsWith(root);
        return (changed ? directory.substring(root.length()) : directory) + "/" + name;
    }

    private static String bytes(Text text) {
        return new String(text.array(), StandardCharsets.ISO_8859_1);
    }

    @Override
    public Event event() {
        Event known = event;
        if (known == null) {
            // What led to it is known before it is judged by it.
            before.run();
            known =
                    provisional.of(
                            tid,
                            facts(),
                            file(),
                            caller,
                            cgroup(),
                            files.link(proc + tid + "/cwd"));
            event = known;
        }
        return known;
    }

    @Override
    public boolean tellCaller(String line) {
        return terminal.tell(tid, line);
    }

    /** The same to a thread of which no exec is held. */
    boolean tell(long thread, String line) {
        return terminal.tell(thread, line);
    }

    private CallerFacts facts() {
        CallerFacts known = facts;
        if (known == null) {
            String status = files.text(proc + tid + "/status");
            // Of the leader: a thread has a start of its own.
            String stat = files.text(proc + CallerFacts.threadGroup(tid, status) + "/stat");
            known = CallerFacts.parse(tid, status, stat);
            facts = known;
        }
        return known;
    }
}
