// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.capture;

import dev.torimono.host.process.Lineage;
import dev.torimono.model.Ancestor;
import dev.torimono.model.Event;
import dev.torimono.model.EventType;
import dev.torimono.model.EventType.Trait;
import dev.torimono.model.Observation;
import dev.torimono.model.Snapshot;
import dev.torimono.model.Task;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns the events of a capture into observations. Keeps the recorded machine's state as the events
 * tell of it; an observation shows the state after its own event, except that what the event closes
 * or ends is still there. Used by one thread.
 */
public final class CaptureHost {
    private static final byte NO_TASK = 0;
    private static final byte KNOWN_TASK = 1;
    private static final byte ANY_TASK = 2;
    private static final byte[] TASK_LOOKUP = taskLookup();

    /** Enter events of system calls: kept for what their exit events lack, never observed. */
    private static final boolean[] ENTER = enterEvents();

    /** What a recorder writes first, to tell of containers and accounts that exist already. */
    private static final boolean[] LEADING = leadingEvents();

    private final Tasks tasks = new Tasks();
    private final CaptureAccounts accounts = new CaptureAccounts();
    private final Occurrence occurrence = new Occurrence();
    private final Told told = new Told(tasks);
    private final Observation observation = new Observation(accounts, told);
    private final Endings endings = new Endings(tasks);
    private final Placing placing;
    private final Beginning beginning;
    private final SocketEffects sockets;
    private final CloneEffect clone;
    private final Changes changes;
    private boolean leading = true;

    /** Our own sensor recorded it: it tells more than others do. */
    private boolean ours;

    private Lineage lineage = new Lineage(accounts, 0);

    public CaptureHost(Placing placing) {
        this.placing = placing;
        SocketName names = new SocketName();
        PathJoin join = new PathJoin();
        Params params = new Params();
        beginning = new Beginning(tasks, names, join, placing);
        sockets = new SocketEffects(names);
        clone = new CloneEffect(tasks, params, placing);
        changes =
                new Changes(
                        new FileEffects(tasks, join),
                        sockets,
                        new TaskEffects(tasks, join),
                        clone,
                        new ExecEffect(tasks, params, placing, join),
                        endings,
                        accounts,
                        o -> containerTold(o.event()));
        observation.tasks(tasks);
    }

    private void containerTold(Event event) {
        if (placing.told(event)) {
            tasks.place(placing);
        }
    }

    /** Forgets everything and begins with this state. */
    public void begin(Snapshot snapshot) {
        leading = true;
        ours = false;
        endings.forget();
        occurrence.forget();
        Interfaces interfaces = new Interfaces(snapshot.networkInterfaces());
        accounts.begin(snapshot);
        clone.begin(snapshot.machine().bootTimeNs());
        lineage = new Lineage(accounts, snapshot.machine().bootTimeNs());
        beginning.load(snapshot, interfaces);
        sockets.begin(interfaces);
        observation.addresses(interfaces).hostname(snapshot.machine().hostname());
    }

    /** As {@link dev.torimono.host.Host#takeOtherName}, of the event observed last. */
    public boolean takeOtherName() {
        return told.otherName(observation);
    }

    /** Takes an event in; null when it serves the state only and is not to be judged. */
    public @Nullable Observation observe(Event event) {
        endings.finish();
        occurrence.end();
        int code = event.type().code();
        occurrence.begin(event, task(event, TASK_LOOKUP[code]));
        changes.apply(occurrence);
        leading &= LEADING[code];
        CapturedTask by = occurrence.task();
        if (by == null) {
            // Events that tell nothing of a task still happened in one.
            by = tasks.find(event.tid());
        }
        Task task = by == null ? null : by.task();
        boolean more = told.begin(event);
        if (more && !ours) {
            ours = true;
            tasks.lineageStays();
        }
        if (ours) {
            TaskEffects.rename(event, task);
        }
        if (more) {
            told.correct(event, observation, task, occurrence.observedFd());
        } else {
            observation.set(event, task, occurrence.observedFd());
        }
        return ENTER[code] || leading ? null : observation;
    }

    /** A process and its ancestors; the process first. */
    public List<Ancestor> lineage(Task task) {
        return lineage.of(task);
    }

    private @Nullable CapturedTask task(Event event, byte lookup) {
        if (lookup == NO_TASK) {
            return null;
        }
        if (lookup == KNOWN_TASK) {
            return tasks.find(event.tid());
        }
        CapturedTask task = tasks.findOrPlaceholder(event.tid());
        if (task != null && !task.has(CloneFlags.ACTIVE)) {
            task.flag(CloneFlags.ACTIVE);
        }
        return task;
    }

    private static byte[] taskLookup() {
        byte[] lookup = new byte[EventType.count()];
        Arrays.fill(lookup, ANY_TASK);
        for (EventType type : EventType.all()) {
            if (type.has(Trait.SKIP_PARSE_RESET)) {
                lookup[type.code()] = NO_TASK;
            }
        }
        set(lookup, KNOWN_TASK, "PROCINFO_E", "SCHEDSWITCH_6_E", "PROCEXIT_1_E");
        set(lookup, KNOWN_TASK, "SYSCALL_CLONE_20_X", "SYSCALL_CLONE3_X");
        set(lookup, KNOWN_TASK, "SYSCALL_FORK_20_X", "SYSCALL_VFORK_20_X");
        set(lookup, NO_TASK, "CONTAINER_JSON_2_E", "PLUGINEVENT_E", "ASYNCEVENT_E");
        set(lookup, NO_TASK, "USER_ADDED_E", "USER_DELETED_E");
        set(lookup, NO_TASK, "GROUP_ADDED_E", "GROUP_DELETED_E");
        return lookup;
    }

    private static void set(byte[] lookup, byte value, String... symbols) {
        for (String symbol : symbols) {
            lookup[EventType.symbol(symbol).code()] = value;
        }
    }

    private static boolean[] enterEvents() {
        boolean[] enter = new boolean[EventType.count()];
        for (EventType type : EventType.all()) {
            enter[type.code()] = !type.isExit() && "syscall".equals(type.origin());
        }
        return enter;
    }

    private static boolean[] leadingEvents() {
        boolean[] leading = new boolean[EventType.count()];
        for (String symbol :
                new String[] {
                    "CONTAINER_JSON_2_E",
                    "USER_ADDED_E",
                    "USER_DELETED_E",
                    "GROUP_ADDED_E",
                    "GROUP_DELETED_E"
                }) {
            leading[EventType.symbol(symbol).code()] = true;
        }
        return leading;
    }
}
