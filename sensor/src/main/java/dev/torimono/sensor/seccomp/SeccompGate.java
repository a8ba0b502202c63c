// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.seccomp;

import dev.torimono.model.Enforcement;
import dev.torimono.model.Event;
import dev.torimono.model.HeldFile;
import dev.torimono.model.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The strong arm over calls that wait: every notified call of a covered program is held anyway, so
 * arming costs nothing. Judged on the polling thread; armed by another.
 */
final class SeccompGate implements Enforcement {
    /** What becomes of the call in hand. */
    enum Verdict {
        PASS,
        REFUSE,
        KILL
    }

    /** What the gate asks of the sensor. */
    interface Arm {
        /**
         * Where a process is whose program a launcher began, as its view of files tells; null for
         * others.
         */
        @Nullable Text place(long pid);

        @Nullable HeldFile look(long tid, Text path);

        long nowNs();
    }

    private final Arm arm;
    private final Map<String, Armed> armed = new LinkedHashMap<>();
    private volatile @Nullable Judge judge;
    private final AtomicLong judged = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong killed = new AtomicLong();
    private final AtomicLong faults = new AtomicLong();
    private Verdict verdict = Verdict.PASS;
    private long pid;

    SeccompGate(Arm arm) {
        this.arm = arm;
    }

    /** A call is about to be told of; it passes unless somebody objects. */
    void begin(long ofPid) {
        pid = ofPid;
        verdict = Verdict.PASS;
    }

    Verdict verdict() {
        return verdict;
    }

    boolean hasJudge() {
        return judge != null;
    }

    /** What the judge says to every file of an exec; the strongest. */
    Answer judge(List<NotifiedExec> files) {
        Judge asked = judge;
        if (asked == null) {
            return Answer.PASS;
        }
        for (NotifiedExec each : files) {
            try {
                Answer answer = asked.judge(each);
                if (answer == Answer.WAIT) {
                    return answer;
                }
                if (answer == Answer.REFUSE || answer == Answer.KILL) {
                    asked.answered(each, answer, true);
                    count(answer);
                    return answer;
                }
            } catch (RuntimeException e) {
                faults.incrementAndGet();
                throw e;
            }
        }
        judged.incrementAndGet();
        return Answer.PASS;
    }

    private void count(Answer answer) {
        judged.incrementAndGet();
        refused.addAndGet(answer == Answer.REFUSE ? 1 : 0);
        killed.addAndGet(answer == Answer.KILL ? 1 : 0);
    }

    @Override
    public void judge(Judge value) {
        judge = value;
    }

    @Override
    public @Nullable Text place(long pid) {
        return arm.place(pid);
    }

    @Override
    public synchronized Armed arm(Arming arming) {
        boolean covered = arm.place(arming.pid()) != null;
        String trouble =
                covered ? "" : "it was not begun by the launcher, so that nothing in it is seen";
        Armed known = armed.get(arming.container());
        Armed now =
                known != null && known.trouble().equals(trouble)
                        ? known
                        : new Armed(arming.container(), arm.nowNs(), 0, "", trouble);
        armed.put(arming.container(), now);
        return now;
    }

    @Override
    public synchronized void disarm(String container) {
        armed.remove(container);
    }

    @Override
    public synchronized List<Armed> armed() {
        return new ArrayList<>(armed.values());
    }

    @Override
    public void settle(long ofPid, long startNs, boolean kill) {
        if (kill && ofPid == pid) {
            verdict = Verdict.KILL;
        }
    }

    @Override
    public boolean refuse(Event event) {
        if (verdict == Verdict.PASS) {
            verdict = Verdict.REFUSE;
        }
        refused.incrementAndGet();
        return true;
    }

    @Override
    public @Nullable HeldFile look(long tid, Text path) {
        return arm.look(tid, path);
    }

    @Override
    public Tally tally() {
        return new Tally(judged.get(), refused.get(), killed.get(), 0, faults.get(), 0, 0, 0, 0, 0);
    }
}
