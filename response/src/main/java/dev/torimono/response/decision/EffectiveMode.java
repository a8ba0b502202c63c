// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.decision;

import dev.torimono.response.decision.Capabilities.Killing;
import dev.torimono.response.decision.Capabilities.Prevention;
import dev.torimono.response.drift.DriftRule;
import dev.torimono.response.policy.Actions;
import dev.torimono.response.policy.Actions.ContainerStep;
import dev.torimono.response.policy.Actions.ProcessStep;
import dev.torimono.response.policy.Mode;
import dev.torimono.response.policy.Policy;
import dev.torimono.response.policy.PolicyType;
import java.util.ArrayList;
import java.util.List;

/**
 * What a policy comes to on this node.
 *
 * @param policy its name
 * @param mode whether it acts or counts
 * @param asked what it asks for
 * @param effective what this node will do
 * @param notes where that is less than asked, and why
 * @param means how execs are refused on a node that has more than one way; empty otherwise
 */
public record EffectiveMode(
        String policy,
        Mode mode,
        Actions asked,
        Actions effective,
        List<String> notes,
        String means) {
    public EffectiveMode {
        notes = List.copyOf(notes);
    }

    static EffectiveMode of(Policy policy, Capabilities node) {
        Actions asked = policy.actions();
        List<String> notes = new ArrayList<>();
        boolean prevent = asked.prevent();
        ProcessStep process = asked.process();
        if (prevent && node.prevention() == Prevention.NONE) {
            prevent = false;
            process = process == ProcessStep.NONE ? ProcessStep.KILL : process;
            notes.add("this node cannot prevent an exec: the process is killed instead");
        }
        if (prevent && policy.type() == PolicyType.MALWARE) {
            notes.add(
                    "a program that cannot be hashed while it is held, or that the host executes,"
                            + " is killed instead");
        }
        if (process != ProcessStep.NONE && node.killing() == Killing.NONE) {
            process = ProcessStep.NONE;
            notes.add("this node cannot kill processes: alert only");
        }
        ContainerStep container = asked.container();
        if (container != ContainerStep.NONE && node.containersIgnored()) {
            notes.add(
                    "policies.ignore-container-actions is set: "
                            + container.label()
                            + " is not done");
            container = ContainerStep.NONE;
        }
        if (container != ContainerStep.NONE && !node.containers()) {
            container = ContainerStep.NONE;
            notes.add(
                    "no container runtime answers: " + asked.container().label() + " is not done");
        }
        Actions.Capture capture = asked.capture();
        if (capture != null && !node.capture()) {
            capture = null;
            notes.add("this node cannot record captures");
        }
        Actions effective = new Actions(process, prevent, container, capture);
        String means = prevent && node.prevention() == Prevention.LSM ? means(policy) : "";
        return new EffectiveMode(policy.name(), policy.mode(), asked, effective, notes, means);
    }

    /** Conditions, exceptions and patterns are beyond a program in the kernel. */
    private static String means(Policy policy) {
        if (policy.type() == PolicyType.MALWARE) {
            return "execs are held (fanotify): the kernel knows no hashes";
        }
        if (policy.type() != PolicyType.DRIFT) {
            return "execs are held (fanotify): the kernel cannot judge conditions of rules";
        }
        if (!policy.exemptions().isEmpty()) {
            return "execs are held (fanotify): the kernel cannot judge its exceptions";
        }
        DriftRule rule = policy.drift();
        boolean foreign = CompiledPolicy.leavesNothingToAsk(policy);
        boolean listed = !rule.prohibitedBinaries().onlyPaths().isEmpty();
        if (!foreign && !listed) {
            return "execs are held (fanotify): the kernel cannot judge its exceptions";
        }
        String what =
                foreign && listed
                        ? "drift and prohibited binaries"
                        : foreign ? "drift" : "prohibited binaries";
        return what + " in the kernel (BPF LSM), the rest is held (fanotify)";
    }

    /** {@code detect}, {@code kill} or {@code prevent}: the strongest thing done to a process. */
    public String strength() {
        if (mode == Mode.MONITOR) {
            return "detect";
        }
        return effective.prevent()
                ? "prevent"
                : effective.process() != ProcessStep.NONE ? "kill" : "detect";
    }
}
