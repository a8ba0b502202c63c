// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.policy;

import dev.torimono.agent.Log;
import dev.torimono.response.decision.EffectiveMode;
import dev.torimono.response.decision.PolicySet;
import dev.torimono.response.policy.Actions;
import dev.torimono.response.policy.Mode;
import dev.torimono.response.policy.Policy;
import dev.torimono.response.policy.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Says what policies come to on this node, a line each: asking for more than it can do is told. */
public final class EffectiveText {
    private EffectiveText() {}

    /** Writes what is in force to the log. */
    public static void tell(PolicySet set, Log log) {
        for (Problem warning : set.warnings()) {
            // Shipped policies meet foreign rules wherever somebody loads only their own.
            if (isShipped(warning)) {
                log.debug("policies: " + warning.render());
            } else {
                log.warn("policies: " + warning.render());
            }
        }
        List<Policy> policies = set.policies();
        long managed = policies.stream().filter(Policy::managed).count();
        log.info("policies loaded: " + policies.size() + ", of which managed: " + managed);
        for (int i = 0; i < policies.size(); i++) {
            EffectiveMode mode = set.effective().get(i);
            String line = line(policies.get(i), mode);
            if (policies.get(i).enabled() && !mode.notes().isEmpty()) {
                log.warn(line);
            } else {
                log.info(line);
            }
        }
    }

    /** The same for the collector: what each policy asks, and what this machine does of it. */
    public static List<Object> told(PolicySet set) {
        List<Object> told = new ArrayList<>();
        for (EffectiveMode mode : set.effective()) {
            Map<String, Object> one = new TreeMap<>();
            one.put("name", mode.policy());
            one.put("mode", mode.mode().name().toLowerCase(Locale.ROOT));
            one.put("asked", strength(mode.asked()));
            one.put("effective", mode.strength());
            one.put("reason", String.join("; ", mode.notes()));
            one.put("means", mode.means());
            told.add(one);
        }
        return told;
    }

    private static String strength(Actions asked) {
        return asked.prevent()
                ? "prevent"
                : asked.process() == Actions.ProcessStep.NONE ? "detect" : "kill";
    }

    private static boolean isShipped(Problem problem) {
        return Policybook.managed().stream()
                .anyMatch(file -> file.name().equals(problem.position().file()));
    }

    /** {@code policy "No shell in test": kill; where container.name = test}. */
    static String line(Policy policy, EffectiveMode mode) {
        StringBuilder line = new StringBuilder("policy \"").append(policy.name()).append("\": ");
        if (!policy.enabled()) {
            return line.append("disabled").toString();
        }
        line.append(mode.strength());
        List<String> labels = mode.effective().labels();
        if (mode.mode() == Mode.MONITOR && !labels.isEmpty()) {
            line.append(", monitor only: would ").append(String.join(", ", labels));
        } else if (labels.stream().anyMatch(label -> label.contains("container"))
                || labels.contains("capture")) {
            line.append(" (").append(String.join(", ", labels)).append(')');
        }
        if (!mode.means().isEmpty()) {
            line.append("; ").append(mode.means());
        }
        if (!policy.scope().text().isEmpty()) {
            line.append("; where ").append(policy.scope().text());
        }
        mode.notes().forEach(note -> line.append("; ").append(note));
        return line.toString();
    }
}
