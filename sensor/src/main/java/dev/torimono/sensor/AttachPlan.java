// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import java.util.ArrayList;
import java.util.List;

/**
 * By which means each concern of the sensor is met on this kernel. Made of what was tried, never of
 * the kernel's version.
 *
 * @param choices one a concern
 */
public record AttachPlan(List<Choice> choices) {
    private static final String NONE = "none";

    public AttachPlan {
        choices = List.copyOf(choices);
    }

    /** What the sensor needs a means for. */
    public enum Concern {
        LIFECYCLE("processes"),
        CALLS("system calls"),
        REQUESTS("io_uring"),
        TRANSPORT("transport"),
        RUNNING("what runs already"),
        REFUSING("refusing execs"),
        ENDING("ending processes");

        private final String text;

        Concern(String text) {
            this.text = text;
        }

        /** For people. */
        public String text() {
            return text;
        }
    }

    /**
     * How one concern is met.
     *
     * @param means kind of hook, as {@link ProgramType} names it, or another interface of the
     *     kernel; {@code none} when it is not met
     * @param how what is done with it
     * @param better means that would be better, and why each is not used; best first
     */
    public record Choice(Concern concern, String means, String how, List<Other> better) {
        public Choice {
            better = List.copyOf(better);
        }
    }

    /**
     * A means that is not used.
     *
     * @param means as in {@link Choice}
     * @param reason why not; the kernel's own words where it refused
     */
    public record Other(String means, String reason) {}

    static AttachPlan of(KernelReport kernel) {
        return new AttachPlan(
                List.of(
                        lifecycle(kernel),
                        calls(kernel),
                        requests(kernel),
                        transport(kernel),
                        running(kernel),
                        refusing(kernel),
                        ending(kernel)));
    }

    private static Choice lifecycle(KernelReport kernel) {
        return single(
                kernel,
                Concern.LIFECYCLE,
                ProgramType.TP_BTF,
                "the scheduler's fork, exec and exit; an exec before the program's first"
                        + " instruction");
    }

    private static Choice calls(KernelReport kernel) {
        Support single = kernel.support(ProgramType.FENTRY);
        String reason =
                single.works()
                        ? "works here and is not used yet: hooks on single calls would spare all"
                                + " other calls the way through the tracepoint"
                        : single.reason();
        if (!kernel.works(ProgramType.TP_BTF)) {
            return none(kernel, Concern.CALLS, ProgramType.TP_BTF);
        }
        return new Choice(
                Concern.CALLS,
                "tp_btf",
                "the exit of every system call, sifted in the kernel by what the rules need",
                List.of(new Other("fentry", reason)));
    }

    private static Choice requests(KernelReport kernel) {
        return single(
                kernel,
                Concern.REQUESTS,
                ProgramType.RAW_TP,
                "submission and completion of requests, as far as this kernel has them");
    }

    private static Choice transport(KernelReport kernel) {
        return single(
                kernel,
                Concern.TRANSPORT,
                ProgramType.RINGBUF,
                "one ring for processes, one for all else");
    }

    private static Choice running(KernelReport kernel) {
        Support walk = kernel.support(ProgramType.ITER);
        String reason =
                walk.works()
                        ? "works here and is not needed: /proc tells more, once, at start"
                        : walk.reason();
        return new Choice(
                Concern.RUNNING,
                "/proc",
                "read once, and tied to events by start times",
                List.of(new Other("iter", reason)));
    }

    private static Choice refusing(KernelReport kernel) {
        Support lsm = kernel.support(ProgramType.LSM);
        Support held = kernel.fanotifyExecPermission();
        if (lsm.works()) {
            return new Choice(
                    Concern.REFUSING,
                    held.works() ? "lsm, fanotify" : "lsm",
                    "drift and prohibited paths fail in the kernel, whoever listens; "
                            + (held.works()
                                    ? "what depends on a rule is held by fanotify"
                                    : "what depends on a rule can only be ended: " + held.reason()),
                    List.of());
        }
        List<Other> better = new ArrayList<>();
        better.add(new Other("lsm", lsm.reason()));
        if (held.works()) {
            return new Choice(
                    Concern.REFUSING,
                    "fanotify",
                    "execs of armed containers are held until they are judged",
                    better);
        }
        better.add(new Other("fanotify", held.reason()));
        return new Choice(Concern.REFUSING, NONE, "execs can only be ended", better);
    }

    private static Choice ending(KernelReport kernel) {
        Support signal = kernel.support(ProgramType.SEND_SIGNAL);
        return signal.works()
                ? new Choice(
                        Concern.ENDING,
                        "send_signal",
                        "in the kernel, before the program's first instruction; by pidfd what is"
                                + " judged after its event",
                        List.of())
                : new Choice(
                        Concern.ENDING,
                        "pidfd",
                        "after the event, too late for short programs",
                        List.of(new Other("send_signal", signal.reason())));
    }

    private static Choice single(
            KernelReport kernel, Concern concern, ProgramType type, String how) {
        return kernel.works(type)
                ? new Choice(concern, name(type), how, List.of())
                : none(kernel, concern, type);
    }

    private static Choice none(KernelReport kernel, Concern concern, ProgramType type) {
        return new Choice(
                concern,
                NONE,
                "not met on this kernel",
                List.of(new Other(name(type), kernel.support(type).reason())));
    }

    private static String name(ProgramType type) {
        return type.name().toLowerCase(java.util.Locale.ROOT);
    }
}
