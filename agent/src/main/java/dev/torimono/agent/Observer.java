// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent;

import dev.torimono.host.Host;
import dev.torimono.host.capture.CaptureHost;
import dev.torimono.model.Ancestor;
import dev.torimono.model.Container;
import dev.torimono.model.Demand;
import dev.torimono.model.Event;
import dev.torimono.model.Observation;
import dev.torimono.model.Task;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the pipeline asks of the host, of this machine or of a recorded one. */
interface Observer {
    /** Gets ready what rules with this demand ask for beyond events. */
    default void want(Demand demand) {}

    /** Takes an event in; null when it serves the state only and is not to be judged. */
    @Nullable Observation observe(Event event);

    /** Gives the file of the last observation its other name; false when it has none. */
    default boolean takeOtherName() {
        return false;
    }

    /** The process first, then every ancestor to the root. */
    List<Ancestor> lineage(Task task);

    /** A task of this machine that is known. */
    default @Nullable Task task(long tid) {
        return null;
    }

    /** A container as known now, by its full id; null when it is not. */
    default @Nullable Container container(String fullId) {
        return null;
    }

    /** The container of a cgroup, by the kernel's number; null on the host or when not known. */
    default @Nullable Container containerOf(long cgroup) {
        return null;
    }

    /** Whether containers that are pending are described later; in a capture they stay so. */
    default boolean describesLater() {
        return false;
    }

    /** Housekeeping between batches. */
    void tick(long nowNs);

    static Observer of(Host host) {
        return new Observer() {
            @Override
            public void want(Demand demand) {
                host.want(demand);
            }

            @Override
            public Observation observe(Event event) {
                return host.observe(event);
            }

            @Override
            public boolean takeOtherName() {
                return host.takeOtherName();
            }

            @Override
            public List<Ancestor> lineage(Task task) {
                return host.lineage(task);
            }

            @Override
            public @Nullable Task task(long tid) {
                return host.task(tid);
            }

            @Override
            public @Nullable Container container(String fullId) {
                return host.container(fullId);
            }

            @Override
            public @Nullable Container containerOf(long cgroup) {
                return host.containerOf(cgroup);
            }

            @Override
            public boolean describesLater() {
                return true;
            }

            @Override
            public void tick(long nowNs) {
                host.tick(nowNs);
            }
        };
    }

    static Observer of(CaptureHost host) {
        return new Observer() {
            @Override
            public @Nullable Observation observe(Event event) {
                return host.observe(event);
            }

            @Override
            public boolean takeOtherName() {
                return host.takeOtherName();
            }

            @Override
            public List<Ancestor> lineage(Task task) {
                return host.lineage(task);
            }

            @Override
            public void tick(long nowNs) {
                // A capture's state changes by its events alone.
            }
        };
    }
}
