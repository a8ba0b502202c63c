// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.model;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The strong arm of a source: holds the execs of armed containers until they are judged. A port,
 * because only the sensor calls the kernel. Nothing of the host, and no container that was not
 * armed, is ever held; without a living judge everything passes.
 */
public interface Enforcement {

    /** What becomes of a held exec. */
    enum Answer {
        PASS,
        /** What it depends on is not known yet: it is judged again in a moment. */
        WAIT,
        /** The caller gets EPERM. */
        REFUSE,
        /** It takes place, and the process is ended before the first instruction of the program. */
        KILL;

        /** Which of two wins: what one of them refuses does not run. */
        public Answer stronger(Answer other) {
            if (this == REFUSE || other == REFUSE) {
                return REFUSE;
            }
            return this == KILL || other == KILL ? KILL : PASS;
        }
    }

    /** Whether a program that passed does so in any case. */
    enum Standing {
        /** Each exec of it is judged. */
        NO,
        /** It passes whatever else is true of the exec, called by whatever name. */
        ANY_NAME,
        /** It passes unless it is called by one of the names that {@link #renew} was told. */
        UNLESS_NAMED,
        /** It is the dynamic loader, of which nothing is asked while it loads another program. */
        LOADER
    }

    /** Judges held execs, on the thread that polls the source. A fault of the judge lets pass. */
    @FunctionalInterface
    interface Judge {
        Answer judge(HeldExec exec);

        /** Full id of the container of the exec that was just judged; empty for none. */
        default String container() {
            return "";
        }

        /** Whether the exec that was just let pass would pass in any case. */
        default Standing standing(HeldExec exec) {
            return Standing.NO;
        }

        /** Goes the way of judging with an exec that nobody waits for. */
        default void rehearse(HeldExec exec) {}

        /**
         * It was answered.
         *
         * @param inTime false when it had been let pass before, because judging took too long
         */
        default void answered(HeldExec exec, Answer answer, boolean inTime) {}
    }

    /**
     * What the kernel is to refuse in a container by itself, where it can: what holds whatever else
     * is true of an exec.
     *
     * @param foreign every program that the image did not bring, volumes apart
     * @param paths resolved paths of programs that must not run
     */
    record Refusal(boolean foreign, Set<String> paths) {
        public static final Refusal NONE = new Refusal(false, Set.of());

        public Refusal {
            paths = Set.copyOf(paths);
        }

        public boolean none() {
            return !foreign && paths.isEmpty();
        }
    }

    /**
     * What is to be held of a container.
     *
     * @param container its full id
     * @param pid a process in it, whose view of files is marked
     * @param killMemory whether programs run from memory or deleted files are ended without asking
     * @param refusal what is refused without asking
     */
    record Arming(String container, long pid, boolean killMemory, Refusal refusal) {}

    /**
     * An armed container.
     *
     * @param container its full id
     * @param sinceNs since when no exec in it runs unjudged, ns since the epoch; 0 not yet
     * @param mounts how many of its mounts are watched, so that execs can be refused; 0 none yet
     * @param storage file system of its root; empty when it is not known yet
     * @param trouble what could not be watched; empty for nothing
     * @param inKernel what the kernel refuses by itself; less than was asked where it cannot
     */
    record Armed(
            String container,
            long sinceNs,
            int mounts,
            String storage,
            String trouble,
            Refusal inKernel) {
        /** Of one in which the kernel refuses nothing by itself. */
        public Armed(String container, long sinceNs, int mounts, String storage, String trouble) {
            this(container, sinceNs, mounts, storage, trouble, Refusal.NONE);
        }

        /** Whether files of its image can be told from others. */
        public boolean knowsImage() {
            return storage.isEmpty() || storage.equals("overlay");
        }
    }

    /**
     * How it went so far.
     *
     * @param judged execs judged
     * @param refused of those, refused
     * @param killed ended before their first instruction
     * @param late let pass because judging took too long
     * @param faults let pass because of a fault of ours
     * @param stopped execs that the gate did not see, stopped until judged
     * @param unstopped of those it would have stopped, let pass because the judge did not live
     * @param released stopped ones let go because judging took too long
     * @param stood passed without being held, because their program passes in any case
     * @param refusedInKernel refused by the kernel side, without having been judged
     */
    record Tally(
            long judged,
            long refused,
            long killed,
            long late,
            long faults,
            long stopped,
            long unstopped,
            long released,
            long stood,
            long refusedInKernel) {}

    /** Who judges from now on; before anything is armed. */
    void judge(Judge judge);

    /**
     * Policies, rules or what they say of a container changed: whatever passed in any case is
     * judged again. Until it is called for the first time nothing passes in any case. The polling
     * thread.
     *
     * @param names comms by which rules look for programs
     */
    default void renew(Set<String> names) {
        // Nothing passes in any case.
    }

    /**
     * Arms a container, or looks for what it mounted since; one thread at a time. What cannot be
     * watched is said in {@link Armed#trouble}, and passes.
     */
    Armed arm(Arming arming);

    /**
     * Says whether any policy acts on execs: then it is ready to arm, and the first process of
     * every new container is stopped before its first instruction until its event was judged. Any
     * thread.
     */
    default void expect(boolean acting) {
        // Nothing to get ready.
    }

    /**
     * Whether the kernel may refuse what containers were armed with: off where nothing may be done.
     * Off at first. Any thread.
     */
    default void refusing(boolean whether) {
        // It refuses nothing by itself.
    }

    /**
     * Writes a line where a thread reads errors, when that is a terminal of its own container. The
     * polling thread.
     */
    default boolean tell(long tid, String line) {
        return false;
    }

    /** Lets go of a container, by its full id, that ended or is covered no more. */
    void disarm(String container);

    /** Every armed container. Any thread. */
    List<Armed> armed();

    /** Whether the call that this event tells of is stopped and waits to be judged. */
    static boolean isStopped(Event event) {
        return (contextFlags(event) & Extension.CONTEXT_HELD) != 0;
    }

    /** Whether the exec that this event tells of was ended in the kernel. */
    static boolean isKilled(Event event) {
        return (contextFlags(event) & Extension.CONTEXT_KILLED) != 0;
    }

    /** Whether the exec that this event tells of was refused in the kernel, unasked. */
    static boolean isRefused(Event event) {
        return (contextFlags(event) & Extension.CONTEXT_REFUSED) != 0;
    }

    private static int contextFlags(Event event) {
        int param = event.extension(Extension.CONTEXT);
        return event.length(param) >= Extension.CONTEXT_BYTES ? event.u32At(param, 4) : 0;
    }

    /**
     * A stopped process waits for something that is not known yet, longer than for a judgement.
     *
     * @param untilNs by System.nanoTime; then it is let go, whatever has become of the judge
     */
    default void await(long pid, long untilNs) {
        // It is let go like any.
    }

    /**
     * Ends the wait of a stopped process: it goes on, or is killed.
     *
     * @param startNs its start, ns since boot; what started at another time is left alone
     */
    void settle(long pid, long startNs, boolean kill);

    /**
     * Lets go on what an agent that was killed left stopped before its first instruction. Takes
     * seconds, in which a living agent would have done so. Any thread.
     *
     * @return how many went on
     */
    default int recover() {
        return 0;
    }

    /**
     * Fails the call that an event tells of, which waits to be judged; false when that cannot be.
     * During the event only.
     */
    default boolean refuse(Event event) {
        return false;
    }

    /**
     * Where a process is, when that is known better than by /proc, which need not show a container:
     * its cgroup's path; null when it is not. Any thread.
     */
    default @Nullable Text place(long pid) {
        return null;
    }

    /**
     * What was let pass without a judgement since the last call, a line each, for people; the first
     * few dozen where there was more. Any thread.
     */
    default List<String> passed() {
        return List.of();
    }

    /** Looks at a file as a thread sees it; null when there is none. The polling thread. */
    @Nullable HeldFile look(long tid, Text path);

    /** How it went since the source was opened. Any thread. */
    Tally tally();
}
