// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.gate;

import dev.torimono.model.Enforcement;
import dev.torimono.model.HeldFile;
import dev.torimono.model.ProcessKiller;
import dev.torimono.model.Text;
import dev.torimono.sensor.bpf.BpfException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The gate: one fanotify group for all armed containers, judged on the thread that polls, watched
 * by one that lets pass whatever waits too long; and the kernel side's hold for what fanotify
 * cannot see. Opened by the first container that is armed: until then nothing can ever be held.
 */
public final class ExecGate implements Enforcement, AutoCloseable {
    private static final int REHEARSALS = 40;

    /** Not even for what is not known yet. */
    private static final long NOBODY_HOLDS_LONGER_NS = 5_000_000_000L;

    /** {@code enum armed_flag}. */
    private static final long ARMED_HOLD = 1;

    private static final long ARMED_KILL_FOREIGN = 2;

    /** {@code enum judged}: without a note the kernel side stops it, whoever let it pass. */
    private static final int JUDGED_PASS = 1;

    private static final int JUDGED_KILL = 2;

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
    private record Open(
            FanotifyGroup group,
            MemorySegment errno,
            MemorySegment buffer,
            MemorySegment response,
            GateWatch watch) {}

    /** Taken from the kernel, and to be judged again. */
    private record Undecided(int fd, int tid, int slot) {}

    private record Kept(ContainerMarks marks, Arming arming, long cgroup, long sinceNs) {}

    private final Parts parts;
    private final KernelSide kernel;
    private final EnforcementMemory memory;
    private final HostWorld host;
    private final CgroupNumber cgroups;
    private final PendingExec exec;
    private final SmallFiles files = new SmallFiles();
    private final HeldSlots slots = new HeldSlots();
    private final GateCounters counters = new GateCounters();
    private final StandingPrograms standing;
    private final KernelRefusals refusals;
    private final AtomicLong lookedNs = new AtomicLong(System.nanoTime());

    /** Stopped processes that wait for what is not known yet, and until when. */
    private final Map<Long, Long> patience = new ConcurrentHashMap<>();

    private final Map<String, Kept> kept = new LinkedHashMap<>();
    private final int[] fds = new int[FanotifyGroup.BUFFER_EVENTS];
    private final int[] tids = new int[FanotifyGroup.BUFFER_EVENTS];
    private final int[] slotOf = new int[FanotifyGroup.BUFFER_EVENTS];
    private final FanotifyGroup.Sink taken = this::take;
    private final List<Undecided> undecided = new ArrayList<>();

    /** Cgroups of armed containers by their full ids. */
    private volatile Map<String, Long> armedAt = Map.of();

    /** The same the other way round. */
    private volatile Map<Long, String> containerAt = Map.of();

    private int waiting;
    private boolean upToDate;
    private boolean rehearsed;
    private volatile @Nullable Open open;
    private volatile @Nullable Judge judge;

    public ExecGate(Parts parts) {
        this.parts = parts;
        this.kernel = parts.kernel();
        this.memory = kernel.memory();
        this.exec =
                new PendingExec(
                        kernel,
                        parts.proc() + "/",
                        parts.legacyCgroup(),
                        parts.epochOffsetNs(),
                        cgroup -> containerAt.getOrDefault(cgroup, ""));
        cgroups = new CgroupNumber(parts.proc(), parts.legacyCgroup());
        memory.patienceNs(GateWatch.PATIENCE_NS);
        standing = new StandingPrograms(kernel);
        refusals = new KernelRefusals(kernel);
        host = new HostWorld(parts.proc());
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
        waiting = 0;
        int count = gate.group().read(gate.errno(), gate.buffer(), taken);
        upToDate = false;
        exec.knowing(() -> catchUp(before));
        if (count > 0) {
            for (int i = 0; i < waiting; i++) {
                judge(gate, fds[i], tids[i], slotOf[i]);
            }
        }
        judgeUndecided(gate);
        return count;
    }

    /** Once a round: all that led to what is held had happened before it was read. */
    private void catchUp(Runnable before) {
        if (!upToDate) {
            upToDate = true;
            before.run();
        }
    }

    /** Whether something waits for what cannot be known yet. */
    public boolean isUndecided() {
        return !undecided.isEmpty();
    }

    private void judgeUndecided(Open gate) {
        if (!undecided.isEmpty()) {
            List<Undecided> all = List.copyOf(undecided);
            undecided.clear();
            all.forEach(each -> judge(gate, each.fd(), each.tid(), each.slot()));
        }
    }

    /** Whoever is held first must not wait for classes to load; and not for others' work. */
    private void rehearse() {
        rehearsed = true;
        ThreadPriority.raise();
        Judge asked = judge;
        SmallFiles own = new SmallFiles();
        int fd = own.open("/proc/self/exe", SmallFiles.O_RDONLY);
        if (asked == null || fd < 0) {
            return;
        }
        try {
            for (int i = 0; i < REHEARSALS; i++) {
                lookedNs.lazySet(System.nanoTime());
                asked.rehearse(exec.set(fd, ProcessHandle.current().pid(), System.nanoTime()));
            }
        } catch (RuntimeException e) {
            counters.fault(e);
        } finally {
            own.close(fd);
        }
    }

    private void take(int fd, int tid) {
        fds[waiting] = fd;
        tids[waiting] = tid;
        slotOf[waiting] = slots.put(fd, tid, System.nanoTime());
        waiting++;
    }

    private void judge(Open gate, int fd, int tid, int slot) {
        Answer answer = Answer.PASS;
        try {
            answer = answerFor(exec.set(fd, tid, System.nanoTime()));
            if (answer == Answer.WAIT && slot >= 0) {
                if (slots.keep(slot, fd, tid, System.nanoTime())) {
                    undecided.add(new Undecided(fd, tid, slot));
                } else {
                    gate.group().release(gate.errno(), fd);
                }
                return;
            }
            if (answer == Answer.WAIT) {
                // There is no room for more that wait.
                counters.late.incrementAndGet();
                counters.passed("thread " + tid + " passes: too many wait");
            }
        } catch (RuntimeException | StackOverflowError e) {
            // Who cannot be judged passes.
            note(exec, JUDGED_PASS);
            counters.fault(e);
        }
        counters.judged.incrementAndGet();
        boolean allow = answer != Answer.REFUSE;
        boolean inTime = slot < 0 || slots.take(slot, fd, tid);
        if (inTime) {
            gate.group().answer(gate.errno(), gate.response(), fd, allow);
            if (answer == Answer.PASS && !exec.blind()) {
                stand(gate, fd);
            }
        }
        gate.group().release(gate.errno(), fd);
        Judge asked = judge;
        if (asked != null && (answer == Answer.REFUSE || answer == Answer.KILL)) {
            try {
                asked.answered(exec, answer, inTime);
            } catch (RuntimeException e) {
                counters.fault(e);
            }
        }
    }

    /** Whether it need not be asked about any more; the caller goes on meanwhile. */
    private void stand(Open gate, int fd) {
        Judge asked = judge;
        long cgroup = asked == null ? 0 : armedAt.getOrDefault(asked.container(), 0L);
        if (asked == null || !standing.asks(cgroup, exec.file())) {
            return;
        }
        try {
            Standing answer = asked.standing(exec);
            boolean lie = exec.unproven() && answer != Standing.LOADER;
            standing.take(gate.group(), cgroup, exec.file(), fd, lie ? Standing.NO : answer);
            exec.someAreSilent(standing.any());
        } catch (RuntimeException e) {
            counters.fault(e);
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

    private Answer answerFor(PendingExec held) {
        Judge asked = judge;
        Answer answer = asked == null || held.isDoomed() ? Answer.PASS : asked.judge(held);
        if (held.isDoomed()) {
            answer = Answer.KILL;
        }
        switch (answer) {
            case PASS -> {
                // What could not be seen, or only the caller says, is stopped once it shows.
                if (!held.blind() && !held.unproven()) {
                    note(held, JUDGED_PASS);
                }
            }
            case WAIT -> {
                return answer;
            }
            case REFUSE -> counters.refused.incrementAndGet();
            case KILL -> note(held, JUDGED_KILL);
        }
        held.answered(answer != Answer.REFUSE, answer == Answer.KILL);
        return answer;
    }

    private void note(PendingExec held, int verdict) {
        kernel.judged(held.tid(), held.file().device(), held.file().inode(), verdict);
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
        judge = value;
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
        Open gate = open();
        String container = arming.container();
        Kept known = kept.get(container);
        long cgroup = cgroups.of(arming.pid(), container);
        if (cgroup == 0 && known == null) {
            return new Armed(container, 0, 0, "", "its cgroup cannot be found");
        }
        boolean again = known != null && (cgroup == 0 || cgroup == known.cgroup());
        if (known != null && !again) {
            // It was started anew.
            letGo(known.cgroup());
        }
        Kept now =
                known != null && again
                        ? new Kept(known.marks(), arming, known.cgroup(), known.sinceNs())
                        : new Kept(
                                new ContainerMarks(gate.group(), files, parts.proc(), host),
                                arming,
                                cgroup,
                                System.nanoTime() + parts.epochOffsetNs());
        if (known == null || !again || asksForOther(known.arming(), arming)) {
            // The kernel side first: it judges from the first process on, whatever is mounted yet.
            armKernel(now.cgroup(), arming);
        }
        kept.put(container, now);
        keptChanged();
        now.marks().extend(arming.pid(), container);
        return armed(container, now);
    }

    private static boolean asksForOther(Arming before, Arming now) {
        return before.killMemory() != now.killMemory() || !before.refusal().equals(now.refusal());
    }

    private void armKernel(long cgroup, Arming arming) {
        long flags = KernelRefusals.flags(refusals.prepare(cgroup, arming.refusal()));
        kernel.arm(cgroup, ARMED_HOLD | flags | (arming.killMemory() ? ARMED_KILL_FOREIGN : 0));
    }

    private void letGo(long cgroup) {
        kernel.disarm(cgroup);
        refusals.prepare(cgroup, Refusal.NONE);
    }

    private void keptChanged() {
        Map<String, Long> cgroupsNow = new HashMap<>();
        kept.forEach((container, of) -> cgroupsNow.put(container, of.cgroup()));
        armedAt = Map.copyOf(cgroupsNow);
        Map<Long, String> containersNow = new HashMap<>();
        cgroupsNow.forEach((container, cgroup) -> containersNow.put(cgroup, container));
        containerAt = Map.copyOf(containersNow);
        memory.armed(kept.size());
    }

    private Armed armed(String container, Kept of) {
        return new Armed(
                container,
                of.sinceNs(),
                of.marks().count(),
                of.marks().storage(),
                of.marks().trouble(),
                refusals.of(of.cgroup()));
    }

    private Open open() {
        Open gate = open;
        if (gate == null) {
            FanotifyGroup group = FanotifyGroup.open();
            GateWatch watch = new GateWatch(group, slots, lookedNs, patience, kernel, counters);
            gate = new Open(group, group.errno(), group.buffer(), group.response(), watch);
            open = gate;
            parts.readable().accept(group.fd());
            watch.start();
        }
        return gate;
    }

    @Override
    public synchronized void disarm(String container) {
        Kept of = kept.remove(container);
        if (of != null) {
            letGo(of.cgroup());
            keptChanged();
            of.marks().remove(of.arming().pid());
        }
    }

    @Override
    public synchronized List<Armed> armed() {
        List<Armed> all = new ArrayList<>();
        kept.forEach((container, of) -> all.add(armed(container, of)));
        return all;
    }

    @Override
    public void await(long pid, long untilNs) {
        patience.put(pid, untilNs);
    }

    @Override
    public void settle(long pid, long startNs, boolean kill) {
        distrust(pid);
        int signal = kill ? ProcessKiller.SIGKILL : ProcessKiller.SIGCONT;
        if (parts.killer().grip(pid, startNs) instanceof ProcessKiller.Held(var hold)) {
            try (hold) {
                hold.signal(signal);
            }
        }
        kernel.forgetHeld(pid);
        patience.remove(pid);
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
        Leftovers leftovers = new Leftovers(parts.proc() + "/", host);
        Map<Long, Long> before = leftovers.stopped(host.processes());
        if (before.isEmpty()) {
            return 0;
        }
        long until = System.nanoTime() + NOBODY_HOLDS_LONGER_NS;
        for (long left = 1; left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        int count = 0;
        for (Map.Entry<Long, Long> now : leftovers.stopped(before.keySet()).entrySet()) {
            if (now.getValue().equals(before.get(now.getKey()))
                    && parts.killer().grip(now.getKey(), now.getValue())
                            instanceof ProcessKiller.Held(var hold)) {
                try (hold) {
                    hold.signal(ProcessKiller.SIGCONT);
                    count++;
                }
            }
        }
        return count;
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
