// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.enforce;

import dev.torimono.model.Alert;
import dev.torimono.model.Container;
import dev.torimono.model.Event;
import dev.torimono.model.Finding;
import dev.torimono.model.HeldExec;
import dev.torimono.model.Observation;
import dev.torimono.model.Text;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What judging asks of the rest of the agent; the pipeline's thread only. */
public interface Bench {
    /** Containers known now. */
    List<Container> containers();

    /** A container as it is known now. */
    Container known(Container container);

    /** A container by its full id; null when its cgroup has to tell. */
    default @Nullable Container byId(String fullId) {
        return null;
    }

    /** The container of a cgroup; null on the host. */
    @Nullable Container containerAt(Text cgroup);

    /**
     * The container of a held exec: by the armed cgroup, which costs nothing to ask; by the path of
     * its own where that is silent.
     */
    default @Nullable Container containerOf(HeldExec exec) {
        String id = exec.container();
        Container known = id.isEmpty() ? null : byId(id);
        return known == null ? containerAt(exec.cgroup()) : known;
    }

    /** A living process of a container; 0 for none. */
    long processIn(Container container);

    /** What a held exec would be. */
    Observation foresee(Event exec);

    /** What the rules in force find. */
    void match(Observation observation, Consumer<Finding> found);

    /** An alert as this agent tells it. */
    Alert alert(Finding finding, Observation observation);
}
