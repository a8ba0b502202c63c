// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.gate;

import dev.torimono.model.Enforcement.Answer;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** The execs that fanotify holds: taken, judged and answered one after another. One thread. */
final class HeldExecs {
    /** Taken from the kernel, and to be judged again. */
    private record Undecided(int fd, int tid, int slot) {}

    private final FanotifyGroup group;
    private final MemorySegment errno;
    private final MemorySegment buffer;
    private final MemorySegment response;
    private final HeldSlots slots;
    private final PendingExec exec;
    private final Verdicts verdicts;
    private final GateCounters counters;
    private final int[] fds = new int[FanotifyGroup.BUFFER_EVENTS];
    private final int[] tids = new int[FanotifyGroup.BUFFER_EVENTS];
    private final int[] slotOf = new int[FanotifyGroup.BUFFER_EVENTS];
    private final FanotifyGroup.Sink taken = this::take;
    private final List<Undecided> undecided = new ArrayList<>();
    private int waiting;
    private boolean upToDate;

    HeldExecs(
            FanotifyGroup group,
            HeldSlots slots,
            PendingExec exec,
            Verdicts verdicts,
            GateCounters counters) {
        this.group = group;
        this.errno = group.errno();
        this.buffer = group.buffer();
        this.response = group.response();
        this.slots = slots;
        this.exec = exec;
        this.verdicts = verdicts;
        this.counters = counters;
    }

    /**
     * Judges what is held now.
     *
     * @param before as of {@link ExecGate#serve}
     * @return how many
     */
    int serve(Runnable before) {
        waiting = 0;
        int count = group.read(errno, buffer, taken);
        upToDate = false;
        exec.knowing(() -> catchUp(before));
        for (int i = 0; i < waiting; i++) {
            judge(fds[i], tids[i], slotOf[i]);
        }
        judgeUndecided();
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
    boolean isUndecided() {
        return !undecided.isEmpty();
    }

    private void judgeUndecided() {
        if (!undecided.isEmpty()) {
            List<Undecided> all = List.copyOf(undecided);
            undecided.clear();
            all.forEach(each -> judge(each.fd(), each.tid(), each.slot()));
        }
    }

    private void take(int fd, int tid) {
        fds[waiting] = fd;
        tids[waiting] = tid;
        slotOf[waiting] = slots.put(fd, tid, System.nanoTime());
        waiting++;
    }

    private void judge(int fd, int tid, int slot) {
        boolean seen = look(fd, tid);
        // Without a note: the kernel side stops what was not looked at.
        Answer answer = seen ? verdicts.on(exec) : Answer.PASS;
        if (answer == Answer.WAIT && slot >= 0) {
            keep(fd, tid, slot);
            return;
        }
        if (answer == Answer.WAIT) {
            // There is no room for more that wait.
            counters.late.incrementAndGet();
            counters.passed("thread " + tid + " passes: too many wait");
        }
        counters.judged.incrementAndGet();
        boolean inTime = slot < 0 || slots.take(slot, fd, tid);
        if (inTime) {
            group.answer(errno, response, fd, answer != Answer.REFUSE);
            if (answer == Answer.PASS && seen && !exec.blind()) {
                // The caller goes on meanwhile.
                verdicts.stand(group, fd, exec);
            }
        }
        group.release(errno, fd);
        verdicts.answered(exec, answer, inTime);
    }

    private boolean look(int fd, int tid) {
        try {
            exec.set(fd, tid, System.nanoTime());
            return true;
        } catch (RuntimeException e) {
            counters.fault(e);
            return false;
        }
    }

    private void keep(int fd, int tid, int slot) {
        if (slots.keep(slot, fd, tid, System.nanoTime())) {
            undecided.add(new Undecided(fd, tid, slot));
        } else {
            group.release(errno, fd);
        }
    }
}
