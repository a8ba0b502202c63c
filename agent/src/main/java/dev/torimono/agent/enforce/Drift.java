// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.enforce;

import dev.torimono.model.Container;
import dev.torimono.model.Event;
import dev.torimono.model.EventType;
import dev.torimono.model.Fd;
import dev.torimono.model.HeldExec;
import dev.torimono.model.HeldFile;
import dev.torimono.model.Image;
import dev.torimono.model.Observation;
import dev.torimono.model.Task;
import dev.torimono.model.Text;
import dev.torimono.response.decision.Decision;
import dev.torimono.response.decision.Moment;
import dev.torimono.response.decision.PolicySet;
import dev.torimono.response.drift.Execution;
import dev.torimono.response.drift.Execution.Manner;
import dev.torimono.response.drift.Origin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Judges executions for drift, held ones and those that have happened. The pipeline's thread. */
final class Drift {
    /** Of the portable open flags: for writing, alone or not. */
    private static final int WRITES = 2;

    private static final int MOST_ANCESTORS = 64;

    /** Whether memory may be executed: where the events say so, and the flag itself. */
    private static final int PROTECTION_OF_MMAP = 6;

    private static final int PROTECTION_OF_MPROTECT = 3;
    private static final EventType MPROTECT = EventType.symbol("SYSCALL_MPROTECT_X");
    private static final int EXECUTABLE = 4;

    private final Writers writers;
    private final Looker looker;
    private final Layers layers = new Layers(Path.of("/proc"));

    /** Looks at a file as a process sees it. */
    @FunctionalInterface
    interface Looker {
        @Nullable HeldFile look(long tid, Text path);
    }

    /**
     * What came of it.
     *
     * @param decision what policies decide
     * @param writer who wrote the file
     */
    record Judged(Decision decision, Writers.Writer writer) {
        static final Judged NOTHING = new Judged(Decision.NONE, Writers.Writer.UNSEEN);

        boolean objects() {
            return decision.drift() != null;
        }
    }

    Drift(Writers writers, Looker looker) {
        this.writers = writers;
        this.looker = looker;
    }

    /** Of an exec that is held. */
    Judged held(
            HeldExec exec,
            PolicySet policies,
            Container container,
            Supplier<Observation> foreseen) {
        HeldFile file = exec.file();
        String path = file.path().toString();
        Case own =
                new Case(
                        path,
                        Origins.of(file),
                        Manner.EXEC,
                        file.device(),
                        file.inode(),
                        exec::launcher,
                        exec.tid());
        Judged judged = judge(own, policies, container, foreseen, Moment.HELD);
        if (judged.objects() || !Launchers.mayLaunch(path) || exec.continues()) {
            return judged;
        }
        Launchers.Launched launched = Launchers.of(path, exec.arguments());
        HeldFile named = launched == null ? null : exec.named(launched.file());
        return launched == null || named == null
                ? judged
                : judge(
                        of(launched.manner(), named, exec::launcher, exec.tid()),
                        policies,
                        container,
                        foreseen,
                        Moment.HELD);
    }

    /** Of an exec that has happened. */
    Judged happened(Observation observation, PolicySet policies, Container container) {
        Event event = observation.event();
        Task task = observation.task();
        if (task == null) {
            return Judged.NOTHING;
        }
        Image image = task.image();
        Supplier<Text> launcher = () -> launcher(task);
        String path = image.path().toString();
        Case own =
                new Case(
                        path,
                        Origins.of(event, image),
                        Manner.EXEC,
                        image.device(),
                        image.inode(),
                        launcher,
                        task.pid());
        Judged judged = judge(own, policies, container, () -> observation, Moment.HAPPENED);
        if (judged.objects() || !Launchers.mayLaunch(path)) {
            return judged;
        }
        List<Text> arguments = new ArrayList<>(image.args());
        arguments.addFirst(image.exe());
        Launchers.Launched launched = Launchers.of(path, arguments);
        HeldFile named = launched == null ? null : looker.look(event.tid(), launched.file());
        return launched == null || named == null
                ? judged
                : judge(
                        of(launched.manner(), named, launcher, task.pid()),
                        policies,
                        container,
                        () -> observation,
                        Moment.HAPPENED);
    }

    /**
     * Of a file that a running program has mapped to execute what is in it, at once or by a change
     * of the mapping.
     */
    Judged mapped(Observation observation, PolicySet policies, Container container) {
        Event event = observation.event();
        Task task = observation.task();
        Fd fd = observation.fd();
        if (task == null || fd == null || fd.inode() == 0 || (fd.facts() & Fd.LOWER_LAYER) != 0) {
            return Judged.NOTHING;
        }
        int at = event.type() == MPROTECT ? PROTECTION_OF_MPROTECT : PROTECTION_OF_MMAP;
        if ((event.number(at) & EXECUTABLE) == 0) {
            // A rule wanted it.
            return Judged.NOTHING;
        }
        Text path = Text.of(fd.name(), 0, fd.nameLength());
        Case library =
                new Case(
                        path.toString(),
                        origin(fd, path, event.tid()),
                        Manner.LIBRARY,
                        fd.device(),
                        fd.inode(),
                        () -> task.image().path(),
                        task.pid());
        return judge(library, policies, container, () -> observation, Moment.HAPPENED);
    }

    /** By what the event tells; only what lies on no overlay has to be looked at. */
    private Origin origin(Fd fd, Text path, long tid) {
        if ((fd.facts() & Fd.MEMFD) != 0) {
            return Origin.MEMFD;
        }
        if ((fd.facts() & Fd.DELETED) != 0) {
            return Origin.DELETED;
        }
        if ((fd.facts() & Fd.UPPER_LAYER) != 0) {
            return Origin.ADDED;
        }
        HeldFile file = looker.look(tid, path);
        if (file == null || file.inode() != fd.inode() || file.device() != fd.device()) {
            return Origin.UNKNOWN;
        }
        return Origins.of(file);
    }

    /** Of an exec that the kernel side refused by itself. */
    Judged refused(Observation observation, PolicySet policies, Container container) {
        Event event = observation.event();
        HeldFile file = RefusedFile.of(event);
        Task task = observation.task();
        if (file == null || task == null) {
            return Judged.NOTHING;
        }
        return judge(
                of(Manner.EXEC, file, task.image()::path, task.pid()),
                policies,
                container,
                () -> observation,
                Moment.HELD);
    }

    /** One execution, and how to learn more of it if need be. */
    private record Case(
            String path,
            Origin origin,
            Manner manner,
            int device,
            long inode,
            Supplier<Text> launcher,
            long pid) {}

    private static Case of(Manner manner, HeldFile file, Supplier<Text> launcher, long pid) {
        return new Case(
                file.path().toString(),
                Origins.of(file),
                manner,
                file.device(),
                file.inode(),
                launcher,
                pid);
    }

    private Judged judge(
            Case of,
            PolicySet policies,
            Container container,
            Supplier<Observation> observation,
            Moment moment) {
        // Most executions are of the image: no more is asked than that takes.
        boolean plain = of.origin() == Origin.IMAGE;
        Execution quick =
                new Execution(
                        of.path(),
                        of.origin(),
                        of.manner(),
                        plain ? "" : of.launcher().get().toString());
        if (!policies.objects(quick, container)) {
            return Judged.NOTHING;
        }
        Observation seen = observation.get();
        Writers.Writer writer = plain ? Writers.Writer.UNSEEN : writers.of(of.device(), of.inode());
        Origin origin =
                of.origin() == Origin.ADDED ? layers.origin(of.pid(), of.path()) : of.origin();
        Execution whole =
                new Execution(
                        of.path(),
                        origin,
                        of.manner(),
                        of.launcher().get().toString(),
                        writer.program(),
                        ancestors(seen.task()));
        return new Judged(policies.decideDrift(whole, container, seen, moment), writer);
    }

    /** Programs of those who started a process, in its own container, the nearest first. */
    private static List<String> ancestors(@Nullable Task task) {
        Container in = task == null ? null : task.container();
        if (task == null || in == null) {
            return List.of();
        }
        List<String> all = new ArrayList<>();
        Task up = task.leader().parent();
        while (up != null && all.size() < MOST_ANCESTORS && isIn(in, up)) {
            all.add(up.image().path().toString());
            up = up.leader().parent();
        }
        return all;
    }

    private static boolean isIn(Container container, Task task) {
        Container its = task.container();
        return its != null && its.fullId().equals(container.fullId());
    }

    /** Who executed it: after an exec the caller is gone, what is left is its parent. */
    private static Text launcher(Task task) {
        Task parent = task.leader().parent();
        return parent == null ? Text.EMPTY : parent.image().path();
    }

    /** Remembers who opened a file of a container for writing. */
    void note(Observation observation) {
        Fd fd = observation.fd();
        Task task = observation.task();
        if (fd == null || task == null || fd.inode() == 0 || (fd.openFlags() & WRITES) == 0) {
            return;
        }
        writers.wrote(
                fd.device(),
                fd.inode(),
                new Writers.Writer(
                        task.image().path().toString(),
                        task.commandLine().toString(),
                        task.pid(),
                        task.leader().startNs()));
    }
}
