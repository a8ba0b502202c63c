// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.enforce;

import dev.torimono.model.Accounts;
import dev.torimono.model.Alert;
import dev.torimono.model.Container;
import dev.torimono.model.Event;
import dev.torimono.model.FdTable;
import dev.torimono.model.Finding;
import dev.torimono.model.Image;
import dev.torimono.model.Observation;
import dev.torimono.model.Priority;
import dev.torimono.model.Task;
import dev.torimono.model.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One container, and rules that find what a test says. */
final class FakeBench implements Bench {
    final List<Finding> findings = new ArrayList<>();
    private final @Nullable Container container;
    private final Task task;
    int matched;

    FakeBench(@Nullable Container container) {
        this.container = container;
        this.task = task(container, "/bin/new");
    }

    static Task task(@Nullable Container container, String program) {
        Task task = new Task(FakeExec.PID, FakeExec.PID).startNs(5);
        task.container(container);
        task.image(image(program));
        return task;
    }

    static Image image(String program) {
        Image none = Image.UNKNOWN;
        return new Image(
                Text.of(program),
                Text.of(program),
                none.args(),
                none.env(),
                0,
                7,
                1,
                0,
                0,
                false,
                false,
                true,
                false);
    }

    /** The task has an ancestor, above those that it has. */
    FakeBench below(String... programs) {
        Task at = task;
        for (String program : programs) {
            Task parent = task(container, program);
            at.parent(FakeExec.PID, parent);
            at = parent;
        }
        return this;
    }

    FakeBench finding(String rule) {
        findings.add(new Finding(rule, Priority.NOTICE, "syscall", List.of(), 1, 1, "m", Map.of()));
        return this;
    }

    @Override
    public List<Container> containers() {
        return container == null ? List.of() : List.of(container);
    }

    @Override
    public Container known(Container asked) {
        return asked;
    }

    @Override
    public @Nullable Container containerAt(Text cgroup) {
        return container;
    }

    @Override
    public @Nullable Container byId(String fullId) {
        return container != null && container.fullId().equals(fullId) ? container : null;
    }

    @Override
    public long processIn(Container asked) {
        return FakeExec.PID;
    }

    @Override
    public Observation foresee(Event exec) {
        return new Observation(Accounts.NONE, FdTable.NONE).set(exec, task, null);
    }

    @Override
    public void match(Observation observation, Consumer<Finding> found) {
        matched++;
        findings.forEach(found);
    }

    @Override
    public Alert alert(Finding finding, Observation observation) {
        return new Alert(finding, "box", List.of());
    }
}
