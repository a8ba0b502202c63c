// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.gate;

import dev.torimono.model.Enforcement;
import dev.torimono.model.HeldFile;
import dev.torimono.model.ProcessKiller;
import dev.torimono.model.Text;
import dev.torimono.sensor.bpf.BpfException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The gate: one fanotify group for all armed containers, judged on the thread that polls, watched
 * by one that lets pass whatever waits too long; and the kernel side's hold for what fanotify
 * cannot see. Opened by the first container that is armed: until then nothing can ever be held.
 */
public final class ExecGate implements Enforcement, AutoCloseable {
    private static final int REHEARSALS = 40;

    /**
     * What a gate is made of.
     *
     * @param kernel its side in the kernel
     * @param killer ends and continues stopped processes
     * @param proc {@code /proc} of the host's pid namespace
     * @param legacyCgroup whether containers are told apart by the pids controller of version 1
     * @param epochOffsetNs the epoch minus System.nanoTime's origin
     * @param readable is told of an fd that the polling thread has to wait on, too
     */
    public record Parts(
            KernelSide kernel,
            ProcessKiller killer,
            Path proc,
            boolean legacyCgroup,
            long epochOffsetNs,
            IntConsumer readable) {}

    /** An open gate. */
    private record Open(FanotifyGroup group, HeldExecs execs, GateWatch watch) {}

    private final Parts parts;
    private final KernelSide kernel;
    private final EnforcementMemory memory;
    private final PendingExec exec;
    private final ArmedContainers armed;
    private final StoppedProcesses stopped;
    private final StandingPrograms standing;
    private final Verdicts verdicts;
    private final GateCounters counters = new GateCounters();
    private final AtomicLong lookedNs = new AtomicLong(System.nanoTime());
    private boolean rehearsed;
    private volatile @Nullable Open open;

    public ExecGate(Parts parts) {
        this.parts = parts;
        this.kernel = parts.kernel();
        this.memory = kernel.memory();
        HostWorld host = new HostWorld(parts.proc());
        armed = new ArmedContainers(parts, host);
        stopped = new StoppedProcesses(parts, host);
        standing = new StandingPrograms(kernel);
        verdicts = new Verdicts(kernel, standing, armed, counters);
        exec = new PendingExec(parts, armed::container);
        memory.patienceNs(GateWatch.PATIENCE_NS);
        memory.hostMountNamespace(host.mountNamespace());
    }

    /** Whether anything is armed: whether the polling thread has to be quick. */
    public boolean isOpen() {
        return open != null;
    }

    /**
     * Judges what is held now; the polling thread.
     *
     * @param before brings the judge's knowledge up to date, once something is held that is judged
     *     by more than its file
     * @return how many
     */
    public int serve(Runnable before) {
        long now = System.nanoTime();
        memory.beat(now);
        lookedNs.lazySet(now);
        Open gate = open;
        if (gate == null) {
            return 0;
        }
        if (!rehearsed) {
            rehearse();
        }
        return gate.execs().serve(before);
    }

    /** Whether something waits for what cannot be known yet. */
    public boolean isUndecided() {
        Open gate = open;
        return gate != null && gate.execs().isUndecided();
    }

    /** Whoever is held first must not wait for classes to load; and not for others' work. */
    private void rehearse() {
        rehearsed = true;
        ThreadPriority.raise();
        SmallFiles own = new SmallFiles();
        int fd = own.open("/proc/self/exe", SmallFiles.O_RDONLY);
        if (fd < 0) {
            return;
        }
        try {
            for (int i = 0; i < REHEARSALS; i++) {
                lookedNs.lazySet(System.nanoTime());
                verdicts.rehearse(exec.set(fd, ProcessHandle.current().pid(), System.nanoTime()));
            }
        } catch (RuntimeException e) {
            counters.fault(e);
        } finally {
            own.close(fd);
        }
    }

    @Override
    public void renew(Set<String> names) {
        standing.renew(names);
        exec.someAreSilent(false);
        Open gate = open;
        if (gate != null) {
            gate.group().heedAll();
        }
    }

    /** Why execs cannot be held on this machine; null when they can. */
    public static @Nullable String obstacleIn(Path proc) {
        if (!new HostWorld(proc).known()) {
            return "mounts of process 1: cannot be read; what is the host's could not be told";
        }
        try {
            FanotifyGroup.open().close();
            return null;
        } catch (BpfException e) {
            return e.getMessage();
        }
    }

    @Override
    public void judge(Judge value) {
        verdicts.judge(value);
    }

    @Override
    public synchronized void expect(boolean acting) {
        if (acting) {
            open();
        }
        memory.holdsYoung(acting);
    }

    @Override
    public synchronized Armed arm(Arming arming) {
        return armed.arm(open().group(), arming);
    }

    private Open open() {
        Open gate = open;
        if (gate == null) {
            FanotifyGroup group = FanotifyGroup.open();
            HeldSlots slots = new HeldSlots();
            gate =
                    new Open(
                            group,
                            new HeldExecs(group, slots, exec, verdicts, counters),
                            new GateWatch(group, slots, lookedNs, stopped, kernel, counters));
            open = gate;
            parts.readable().accept(group.fd());
            gate.watch().start();
        }
        return gate;
    }

    @Override
    public synchronized void disarm(String container) {
        armed.disarm(container);
    }

    @Override
    public synchronized List<Armed> armed() {
        return armed.all();
    }

    @Override
    public void await(long pid, long untilNs) {
        stopped.await(pid, untilNs);
    }

    @Override
    public void settle(long pid, long startNs, boolean kill) {
        distrust(pid);
        stopped.settle(pid, startNs, kill);
    }

    /** What had to be stopped once is asked about beforehand from now on. */
    private void distrust(long pid) {
        Open gate = open;
        if (gate != null && standing.any()) {
            exec.program(
                    pid,
                    (path, file) ->
                            standing.distrust(gate.group(), path, file.device(), file.inode()));
        }
    }

    @Override
    public int recover() {
        return stopped.recover();
    }

    @Override
    public @Nullable HeldFile look(long tid, Text path) {
        return exec.look(tid, path);
    }

    @Override
    public void refusing(boolean whether) {
        memory.refuses(whether);
    }

    @Override
    public boolean tell(long tid, String line) {
        return exec.tell(tid, line);
    }

    @Override
    public Tally tally() {
        return counters.tally(memory);
    }

    @Override
    public List<String> passed() {
        return counters.takePassed();
    }

    /** Why the last fault of ours happened; null when there was none. */
    public @Nullable Throwable lastFault() {
        return counters.lastFault();
    }

    /** Lets everything pass, and whoever is stopped go on. */
    @Override
    public synchronized void close() {
        memory.armed(0);
        memory.holdsYoung(false);
        memory.refuses(false);
        Open gate = open;
        open = null;
        if (gate != null) {
            gate.watch().close();
            gate.group().close();
            kernel.eachHeld((pid, _) -> Signal.send(pid, ProcessKiller.SIGCONT));
        }
    }
}
