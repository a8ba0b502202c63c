// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host;

import dev.torimono.host.container.ContainerTable;
import dev.torimono.host.process.ProcessTable;
import dev.torimono.model.Container;
import dev.torimono.model.Task;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who runs in which container, as the tables of both know it. One owner thread. */
final class Residents {
    private final ProcessTable processes;
    private final ContainerTable containers;

    Residents(ProcessTable processes, ContainerTable containers) {
        this.processes = processes;
        this.containers = containers;
    }

    /** Takes in what runtimes answered: every task then has its container as it is known now. */
    void renew() {
        if (containers.applyAnswers()) {
            processes.forEach(this::renew);
        }
    }

    private void renew(Task task) {
        Container before = task.container();
        Container now = before == null ? null : containers.container(before.fullId());
        if (now != null) {
            task.container(now);
        }
    }

    /** Every living process of a container, by its full id. */
    List<Task> of(String containerId) {
        List<Task> found = new ArrayList<>();
        processes.forEach(
                task -> {
                    if (task.isLeader() && isIn(task, containerId)) {
                        found.add(task);
                    }
                });
        return found;
    }

    /** A living process of the container; 0 for none. */
    long anyOf(Container container) {
        long pid = containers.processIn(container);
        String id = container.fullId();
        if (isIn(processes.get(pid), id)) {
            return pid;
        }
        long[] found = new long[1];
        processes.forEach(
                task -> {
                    if (isIn(task, id)) {
                        found[0] = task.pid();
                    }
                });
        // While the first one is taken in, the table does not have it yet.
        return found[0] == 0 ? pid : found[0];
    }

    private static boolean isIn(@Nullable Task task, String containerId) {
        Container of = task == null ? null : task.container();
        return of != null && of.fullId().equals(containerId);
    }

    /** Asks runtimes again for what waits, and forgets who left; whether any was forgotten. */
    boolean collect() {
        containers.askAgain();
        return containers.collect(
                living ->
                        processes.forEach(
                                task -> {
                                    Container container = task.container();
                                    if (container != null) {
                                        living.accept(container);
                                    }
                                }));
    }
}
