// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent;

import dev.torimono.model.Accounts;
import dev.torimono.model.Ancestor;
import dev.torimono.model.Container;
import dev.torimono.model.Event;
import dev.torimono.model.FdTable;
import dev.torimono.model.Observation;
import dev.torimono.model.Task;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Knows a task for every tid; tid 13 brings bad luck, tid 99 is state only. */
final class FakeObserver implements Observer {
    static final long UNLUCKY = 13;
    static final long STATE_ONLY = 99;

    /** Lives in a container. */
    static final long CONTAINED = 42;

    /** Has ended. */
    static final long GONE = 43;

    /** The cgroup of a container. */
    static final long CGROUP = 9;

    int ticks;

    /** Whether files have two names. */
    boolean twoNames;

    /** Whether the last one was given its other. */
    boolean renamed;

    private final Observation observation = new Observation(Accounts.NONE, FdTable.NONE);

    @Override
    public @Nullable Observation observe(Event event) {
        if (event.tid() == UNLUCKY) {
            throw new IllegalStateException("unlucky");
        }
        if (event.tid() == STATE_ONLY) {
            return null;
        }
        renamed = false;
        return observation.set(event, new Task(event.tid(), event.tid()), null);
    }

    @Override
    public boolean takeOtherName() {
        renamed = twoNames;
        return renamed;
    }

    @Override
    public @Nullable Task task(long tid) {
        if (tid == GONE) {
            return null;
        }
        Task task = new Task(tid, tid);
        return tid == CONTAINED
                ? task.container(Container.pending("0123456789abcdef", "docker"))
                : task;
    }

    @Override
    public @Nullable Container containerOf(long cgroup) {
        return cgroup == CGROUP ? Container.pending("0123456789abcdef", "docker") : null;
    }

    @Override
    public List<Ancestor> lineage(Task task) {
        return List.of(Alerts.ancestor(task.pid(), "sh", "host"));
    }

    @Override
    public void tick(long nowNs) {
        ticks++;
    }
}
