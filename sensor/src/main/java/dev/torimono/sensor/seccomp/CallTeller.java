// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.seccomp;

import dev.torimono.model.Demand;
import dev.torimono.model.Enforcement.Answer;
import dev.torimono.model.Event;
import dev.torimono.model.EventBuilder;
import dev.torimono.model.EventSource.Sink;
import dev.torimono.model.Extension;
import dev.torimono.model.HeldFile;
import dev.torimono.model.ProcessKiller;
import dev.torimono.model.Text;
import dev.torimono.sensor.bpf.Libc;
import dev.torimono.sensor.gate.CallerFacts;
import dev.torimono.sensor.gate.CallerTerminal;
import dev.torimono.sensor.gate.SmallFiles;
import dev.torimono.sensor.process.PidFdKiller;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes an event of each call that waits, has it judged, and answers. One thread. */
final class CallTeller {
    private static final String PROC = "/proc/";

    /** Beyond all that there are; unused numbers cost a word. */
    private static final int MOST_NUMBER = 1024;

    /** No error: it is not answered now. */
    private static final int WAITS = -1;

    private final SeccompCalls calls;
    private final SeccompGate gate;
    private final Sessions.Counter counter;
    private final SmallFiles files = new SmallFiles();
    private final Callers callers;
    private final FileLook look;
    private final TaskMemory memory;
    private final OpenCall opens;
    private final ExecCall execs;
    private final ConnectCall connects;
    private final DupCall dups;
    private final PlainCall plain;
    private final CallerTerminal terminal;
    private final ProcessKiller killer = new PidFdKiller();
    private final @Nullable NotifiedCall[] table = new NotifiedCall[2 * MOST_NUMBER];
    private final Answers answers;
    private Wanted wanted = Wanted.NOTHING;
    private final Undecided undecided = new Undecided();
    private boolean environment;
    private long told;
    private long inHand;
    private @Nullable Session session;

    CallTeller(SeccompCalls calls, SeccompGate gate, Sessions.Counter counter) {
        this.calls = calls;
        this.gate = gate;
        this.counter = counter;
        answers = new Answers(calls, counter);
        callers = new Callers(calls, files, counter);
        look = new FileLook(calls, files);
        memory = new TaskMemory();
        PathFinder paths = new PathFinder(files, look, PROC);
        FreeFd free = new FreeFd(calls, files, PROC);
        BorrowedFd borrowed = new BorrowedFd(calls);
        opens = new OpenCall(memory, paths, free);
        execs = new ExecCall(memory, paths);
        connects = new ConnectCall(memory, borrowed);
        dups = new DupCall(calls, borrowed, files, free, PROC);
        plain = new PlainCall(memory, paths);
        terminal = new CallerTerminal(files, PROC);
        for (NotifiedCall call : NotifiedCall.ALL) {
            put(Machine.arch(), call);
            put(NotifiedCall.compat(Machine.arch()), call);
        }
    }

    private void put(int arch, NotifiedCall call) {
        if (call.number(arch) >= 0) {
            table[slot(arch, call.number(arch))] = call;
        }
    }

    private @Nullable NotifiedCall call(Notification of) {
        boolean known = of.number() >= 0 && of.number() < MOST_NUMBER;
        return known ? table[slot(of.arch(), of.number())] : null;
    }

    private static int slot(int arch, int number) {
        return 2 * number + (NotifiedCall.is32Bit(arch) ? 1 : 0);
    }

    /**
     * What is told from now on.
     *
     * @param withEnvironment whether environments are, too
     */
    void tell(Demand demand, boolean withEnvironment) {
        wanted = new Wanted(demand);
        environment = withEnvironment;
    }

    /** Tells and answers one call; the number of events. */
    int tell(Session of, Notification call, Sink sink) {
        if (answers.repeat(of, call)) {
            return 0;
        }
        long toldBefore = told;
        int error;
        try {
            error = judge(of, call, sink);
        } catch (RuntimeException e) {
            counter.count(SeccompCount.FAULTS, 1);
            error = of.security() ? SeccompCalls.EPERM : 0;
        } finally {
            inHand = 0;
            session = null;
        }
        if (error != WAITS) {
            answers.give(of, call, error);
        }
        return (int) (told - toldBefore);
    }

    /** Whether some exec waits for what its judge does not know yet. */
    boolean isWaiting() {
        return !undecided.isEmpty();
    }

    /** Has those judged again; the number of events. */
    int again(Sink sink) {
        return undecided.again(this, sink);
    }

    /** 0 to let it happen, else the error it gets. */
    private int judge(Session of, Notification call, Sink sink) {
        NotifiedCall known = call(call);
        if (known == null || call.tid() == 0) {
            // A keeper may hand over a filter of another version of ours.
            counter.count(SeccompCount.UNREADABLE, 1);
            return 0;
        }
        Caught caught = new Caught(known, call, callers, of, Libc.realtimeNs());
        inHand = call.tid();
        session = of;
        try {
            return known.isExec() ? exec(caught, sink) : plain(caught, sink);
        } finally {
            // It is about to become somebody else.
            if (known.isExec()) {
                callers.executes(call.tid());
            } else if (known.isIdentity()) {
                callers.changes(call.tid(), caught.who());
            }
        }
    }

    private int plain(Caught caught, Sink sink) {
        memory.begin();
        EventBuilder record =
                switch (caught.call().plan()) {
                    case NotifiedCall.OPEN -> opens.record(caught, Extension.CONTEXT_HELD, wanted);
                    case NotifiedCall.CONNECT, NotifiedCall.SOCKETCALL ->
                            connects.record(caught, Extension.CONTEXT_HELD, wanted);
                    case NotifiedCall.DUP -> dups.record(caught, Extension.CONTEXT_HELD, wanted);
                    default -> plain(caught);
                };
        if (memory.failure() == SeccompCalls.EPERM) {
            counter.count(SeccompCount.UNREADABLE, 1);
        }
        if (record == null) {
            counter.count(SeccompCount.UNWANTED, 1);
            return 0;
        }
        return hand(caught, record.event(), sink) ? end(caught) : 0;
    }

    private @Nullable EventBuilder plain(Caught caught) {
        boolean told = caught.call().isState() || wanted.any(caught.type());
        return told ? plain.record(caught, Extension.CONTEXT_HELD) : null;
    }

    private int exec(Caught caught, Sink sink) {
        execs.read(caught, environment);
        ExecRecord record = new ExecRecord(caught, execs, files, PROC);
        if (execs.result() != 0) {
            // Who is looked for along PATH fails a few times before he is found.
            if (!wanted.ends(caught.type(), false)) {
                counter.count(SeccompCount.UNWANTED, 1);
                return 0;
            }
            hand(caught, record.event(0, execs.result()), sink);
            return 0;
        }
        if (!calls.waits(caught.session().listener(), caught.notification().id())) {
            counter.count(SeccompCount.GONE, 1);
            return 0;
        }
        gate.begin(caught.who().pid());
        Answer answer = gate.hasJudge() ? gate.judge(held(caught, record)) : Answer.PASS;
        if (answer == Answer.WAIT && undecided.keep(caught.session(), caught.notification())) {
            return WAITS;
        }
        return switch (answer) {
            // Where there is no room for more that wait, the event decides, held just as well.
            case PASS, WAIT -> {
                Event event = record.event(Extension.CONTEXT_HELD, 0);
                yield hand(caught, event, sink) ? end(caught) : 0;
            }
            case REFUSE -> {
                counter.count(SeccompCount.REFUSED, 1);
                hand(caught, record.event(0, -SeccompCalls.EPERM), sink);
                yield SeccompCalls.EPERM;
            }
            case KILL -> {
                kill(caught);
                give(record.event(Extension.CONTEXT_KILLED, 0), sink);
                yield SeccompCalls.EPERM;
            }
        };
    }

    private List<NotifiedExec> held(Caught caught, ExecRecord record) {
        List<NotifiedExec> held = new ArrayList<>();
        for (int i = 0; i < execs.chain().size(); i++) {
            held.add(new NotifiedExec(caught, execs, i, record, files, terminal));
        }
        return held;
    }

    /** Hands an event over if its caller still waits; whether it does. */
    private boolean hand(Caught caught, Event event, Sink sink) {
        // What was read is of this call only if it is still the same: ids of threads come again.
        if (!calls.waits(caught.session().listener(), caught.notification().id())) {
            counter.count(SeccompCount.GONE, 1);
            return false;
        }
        gate.begin(caught.who().pid());
        give(event, sink);
        return true;
    }

    private void give(Event event, Sink sink) {
        event.number(++told);
        sink.on(event);
    }

    private int end(Caught caught) {
        return switch (gate.verdict()) {
            case PASS -> 0;
            case REFUSE -> {
                counter.count(SeccompCount.REFUSED, 1);
                yield SeccompCalls.EPERM;
            }
            case KILL -> {
                kill(caught);
                yield SeccompCalls.EPERM;
            }
        };
    }

    private void kill(Caught caught) {
        CallerFacts who = caught.who();
        if (killer.grip(who.pid(), who.startNs()) instanceof ProcessKiller.Held(var hold)) {
            try (hold) {
                hold.signal(ProcessKiller.SIGKILL);
            }
            counter.count(SeccompCount.KILLED, 1);
        }
    }

    /** A file as a task sees it. */
    @Nullable HeldFile look(long tid, Text path) {
        Session of = session;
        return execs.look(tid, path, of == null ? 0 : of.bornNs());
    }

    /** Where the task in hand is told to be. */
    @Nullable Text cgroupOf(long tid) {
        Session of = session;
        return of != null && tid == inHand ? of.cgroupPath() : null;
    }
}
