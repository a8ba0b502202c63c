// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.container;

import dev.torimono.model.ActionResult.Status;
import dev.torimono.model.Container;
import dev.torimono.response.action.Guards;
import dev.torimono.response.action.Outcome;
import dev.torimono.response.action.Target;
import dev.torimono.response.container.ContainerControl.Answer;
import dev.torimono.response.container.ContainerControl.Done;
import dev.torimono.response.container.ContainerControl.NotMine;
import dev.torimono.response.container.ContainerControl.Operation;
import dev.torimono.response.container.ContainerControl.Refused;
import dev.torimono.response.decision.PlannedAction;
import dev.torimono.response.policy.Actions.ContainerStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Acts on containers within the guards, by whichever control answers first. */
public final class ContainerActions {
    private final List<ContainerControl> controls;
    private final Guards guards;

    /** Tries controls in order. */
    public ContainerActions(List<ContainerControl> controls, Guards guards) {
        this.controls = List.copyOf(controls);
        this.guards = guards;
    }

    /** Does what a policy asks for. */
    public Outcome act(PlannedAction planned, Target target, ContainerStep step) {
        Container container = target.container();
        Optional<String> objection =
                guards.objectToContainer(container).or(() -> guards.grantContainer(planned));
        if (objection.isPresent() || container == null) {
            return Outcome.refused(objection.orElse(""));
        }
        return act(operation(step), container, target.pid());
    }

    /** Does it without a policy, as a person asked. */
    public Outcome act(Operation operation, Container container, long pid) {
        List<String> reasons = new ArrayList<>();
        for (ContainerControl control : controls) {
            Answer answer = control.act(operation, container, pid);
            switch (answer) {
                case Done(String remark) -> {
                    return new Outcome(Status.DONE, remark);
                }
                case Refused(String reason) -> {
                    return Outcome.failed(reason);
                }
                case NotMine(String reason) -> reasons.add(control.name() + ": " + reason);
            }
        }
        return Outcome.failed(
                reasons.isEmpty()
                        ? "no container runtime is configured"
                        : String.join("; ", reasons));
    }

    /** Whether anybody can begin the container again once it has ended. */
    public boolean canRestart(Container container) {
        return controls.stream().anyMatch(control -> control.restarts(container));
    }

    private static Operation operation(ContainerStep step) {
        return switch (step) {
            case PAUSE -> Operation.PAUSE;
            case STOP -> Operation.STOP;
            case KILL -> Operation.KILL;
            case NONE -> throw new IllegalArgumentException("nothing to do");
        };
    }
}
