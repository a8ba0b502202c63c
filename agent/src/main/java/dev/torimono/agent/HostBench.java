// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent;

import dev.torimono.agent.enforce.Bench;
import dev.torimono.host.Host;
import dev.torimono.model.Alert;
import dev.torimono.model.Container;
import dev.torimono.model.Event;
import dev.torimono.model.Finding;
import dev.torimono.model.Observation;
import dev.torimono.model.Text;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What judging held execs asks of the host and the pipeline of this agent. */
record HostBench(Host host, Pipeline pipeline) implements Bench {
    @Override
    public List<Container> containers() {
        return host.containers();
    }

    @Override
    public Container known(Container container) {
        Container now = host.container(container.fullId());
        return now == null ? container : now;
    }

    @Override
    public @Nullable Container byId(String fullId) {
        Container known = host.container(fullId);
        // What its runtime has answered meanwhile is taken in by the other way.
        return known == null || known.pending() ? null : known;
    }

    @Override
    public @Nullable Container containerAt(Text cgroup) {
        return host.containerAt(cgroup);
    }

    @Override
    public long processIn(Container container) {
        return host.processIn(container);
    }

    @Override
    public Observation foresee(Event exec) {
        return host.foresee(exec);
    }

    @Override
    public void match(Observation observation, Consumer<Finding> found) {
        pipeline.matcher().match(observation, found);
    }

    @Override
    public Alert alert(Finding finding, Observation observation) {
        return pipeline.alert(finding, observation);
    }
}
