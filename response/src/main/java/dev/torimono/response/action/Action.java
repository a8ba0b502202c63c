// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.action;

import dev.torimono.response.policy.Actions;

/** One thing to do. */
public sealed interface Action {
    /** As alerts name what was done. */
    String resultType();

    /** End the process; with a tree, every descendant too. */
    record KillProcess(boolean tree) implements Action {
        @Override
        public String resultType() {
            return tree ? "process_tree_killed" : "process_killed";
        }
    }

    /** Refuse the exec that is held. */
    record Prevent(boolean drift) implements Action {
        @Override
        public String resultType() {
            return drift ? "drift_prevented" : "exec_prevented";
        }
    }

    /** Stop, kill or pause the container. */
    record OnContainer(Actions.ContainerStep step) implements Action {
        @Override
        public String resultType() {
            return step.resultType();
        }
    }

    /** Record what happens around the event. */
    record TakeCapture(Actions.Capture capture) implements Action {
        @Override
        public String resultType() {
            return "capture_taken";
        }
    }
}
