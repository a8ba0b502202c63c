// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.policy;

import dev.torimono.host.Host;
import dev.torimono.model.Container;
import dev.torimono.model.Task;
import java.util.List;

/** What a response asks of the host, on the pipeline's thread only. */
public interface World {
    /** Containers known now. */
    List<Container> containers();

    /** Every living process that descends from a task's. */
    List<Task> descendants(Task task);

    /** The world of this machine. */
    static World of(Host host) {
        return new World() {
            @Override
            public List<Container> containers() {
                return host.containers();
            }

            @Override
            public List<Task> descendants(Task task) {
                return host.descendants(task);
            }
        };
    }
}
