// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.gate;

import dev.torimono.model.Enforcement.Answer;
import dev.torimono.model.Enforcement.Judge;
import dev.torimono.model.Enforcement.Standing;
import org.jspecify.annotations.Nullable;

/**
 * Asks the judge about an exec, and notes for the kernel side what it said. The polling thread; the
 * judge is put in by any.
 */
final class Verdicts {
    /** {@code enum judged}: without a note the kernel side stops it, whoever let it pass. */
    private static final int JUDGED_PASS = 1;

    private static final int JUDGED_KILL = 2;

    private final KernelSide kernel;
    private final StandingPrograms standing;
    private final ArmedContainers armed;
    private final GateCounters counters;
    private volatile @Nullable Judge judge;

    Verdicts(
            KernelSide kernel,
            StandingPrograms standing,
            ArmedContainers armed,
            GateCounters counters) {
        this.kernel = kernel;
        this.standing = standing;
        this.armed = armed;
        this.counters = counters;
    }

    void judge(Judge value) {
        judge = value;
    }

    /** What becomes of an exec. Who cannot be judged passes. */
    Answer on(PendingExec held) {
        try {
            return decide(held);
        } catch (RuntimeException | StackOverflowError e) {
            note(held, JUDGED_PASS);
            counters.fault(e);
            return Answer.PASS;
        }
    }

    private Answer decide(PendingExec held) {
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
        kernel.answer(held.look(), verdict);
    }

    /** One that passed: whether its program need not be asked about any more. */
    void stand(FanotifyGroup group, int fd, PendingExec exec) {
        Judge asked = judge;
        long cgroup = asked == null ? 0 : armed.cgroup(asked.container());
        if (asked == null || !standing.asks(cgroup, exec.file())) {
            return;
        }
        try {
            Standing answer = asked.standing(exec);
            boolean lie = exec.unproven() && answer != Standing.LOADER;
            standing.take(group, cgroup, exec.file(), fd, lie ? Standing.NO : answer);
            exec.someAreSilent(standing.any());
        } catch (RuntimeException e) {
            counters.fault(e);
        }
    }

    /** Tells the judge what came of its answer. */
    void answered(PendingExec exec, Answer answer, boolean inTime) {
        Judge asked = judge;
        if (asked != null && (answer == Answer.REFUSE || answer == Answer.KILL)) {
            try {
                asked.answered(exec, answer, inTime);
            } catch (RuntimeException e) {
                counters.fault(e);
            }
        }
    }

    /** Goes the way of judging with an exec that nobody waits for. */
    void rehearse(PendingExec exec) {
        Judge asked = judge;
        if (asked != null) {
            asked.rehearse(exec);
        }
    }
}
