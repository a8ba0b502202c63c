// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.policy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a policy asks for beyond the alert.
 *
 * @param process what becomes of the process
 * @param prevent whether an exec is refused before it starts
 * @param container what becomes of the container
 * @param capture what is recorded; null for nothing
 */
public record Actions(
        ProcessStep process, boolean prevent, ContainerStep container, @Nullable Capture capture) {
    /** Alert only. */
    public static final Actions NONE =
            new Actions(ProcessStep.NONE, false, ContainerStep.NONE, null);

    /** What becomes of the process, weakest first. */
    public enum ProcessStep {
        NONE,
        KILL,
        /** With every descendant. */
        KILL_TREE
    }

    /** What becomes of the container, weakest first. */
    public enum ContainerStep {
        NONE("", ""),
        PAUSE("pause", "container_paused"),
        /** Asked to end, killed after ten seconds. */
        STOP("stop", "container_stopped"),
        KILL("kill", "container_killed");

        private final String label;
        private final String resultType;

        ContainerStep(String label, String resultType) {
            this.label = label;
            this.resultType = resultType;
        }

        /** As written in policies. */
        public String label() {
            return label;
        }

        /** As alerts name what was done. */
        public String resultType() {
            return resultType;
        }
    }

    /**
     * A recording around the event.
     *
     * @param beforeS seconds before it
     * @param afterS seconds after it
     */
    public record Capture(int beforeS, int afterS) {
        Capture widest(Capture other) {
            return new Capture(Math.max(beforeS, other.beforeS), Math.max(afterS, other.afterS));
        }
    }

    /** Whether it asks for nothing but the alert. */
    public boolean alertOnly() {
        return equals(NONE);
    }

    /** Names of what it asks for, strongest first. */
    public List<String> labels() {
        List<String> labels = new ArrayList<>(4);
        if (container != ContainerStep.NONE) {
            labels.add(container.label() + "_container");
        }
        if (prevent) {
            labels.add("prevent");
        }
        switch (process) {
            case KILL_TREE -> labels.add("kill_process_tree");
            case KILL -> labels.add("kill_process");
            case NONE -> {}
        }
        if (capture != null) {
            labels.add("capture");
        }
        return labels;
    }

    /** The stronger of each part. */
    public Actions strongest(Actions other) {
        Capture mine = capture;
        Capture theirs = other.capture;
        return new Actions(
                process.compareTo(other.process) >= 0 ? process : other.process,
                prevent || other.prevent,
                container.compareTo(other.container) >= 0 ? container : other.container,
                mine == null ? theirs : theirs == null ? mine : mine.widest(theirs));
    }
}
