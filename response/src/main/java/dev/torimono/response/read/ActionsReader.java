// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.read;

import dev.torimono.response.policy.Actions;
import dev.torimono.response.policy.Actions.Capture;
import dev.torimono.response.policy.Actions.ContainerStep;
import dev.torimono.response.policy.Actions.ProcessStep;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads what a policy asks for. */
final class ActionsReader {
    private static final int MAX_CAPTURE_S = 600;
    private static final Map<String, ProcessStep> PROCESS_STEPS =
            Map.of(
                    "true",
                    ProcessStep.KILL,
                    "tree",
                    ProcessStep.KILL_TREE,
                    "false",
                    ProcessStep.NONE);

    private ActionsReader() {}

    static Actions read(Section section) {
        ProcessStep process = process(section);
        boolean prevent = section.flag("prevent", false);
        ContainerStep container = container(section);
        Capture capture = capture(section);
        section.end();
        return new Actions(process, prevent, container, capture);
    }

    private static ProcessStep process(Section section) {
        Node value = section.value("kill_process");
        if (value instanceof ScalarNode scalar) {
            ProcessStep step = PROCESS_STEPS.get(scalar.getValue());
            if (step != null) {
                return step;
            }
        }
        if (value != null) {
            section.wrong("kill_process", value, "true, false or tree");
        }
        return ProcessStep.NONE;
    }

    private static ContainerStep container(Section section) {
        Node value = section.value("container");
        if (value instanceof ScalarNode scalar) {
            for (ContainerStep step : ContainerStep.values()) {
                if (scalar.getValue().equals(step.label())) {
                    return step;
                }
            }
        }
        if (value != null) {
            section.wrong("container", value, "stop, kill or pause");
        }
        return ContainerStep.NONE;
    }

    private static @Nullable Capture capture(Section section) {
        Section capture = section.section("capture");
        if (capture == null) {
            return null;
        }
        int before = capture.number("before", 0, 0, MAX_CAPTURE_S);
        int after = capture.number("after", 0, 0, MAX_CAPTURE_S);
        capture.end();
        return new Capture(before, after);
    }
}
