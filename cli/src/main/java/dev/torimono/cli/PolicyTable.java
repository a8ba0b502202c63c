// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.cli;

import dev.torimono.response.policy.Policy;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** Policies as lines: those of files and those of a collector in the same words. */
final class PolicyTable {
    private static final String FORMAT = "%-40s %-9s %-8s %-9s %-30s %s%n";

    private final PrintWriter out;

    PolicyTable(PrintWriter out) {
        this.out = out;
        out.printf(FORMAT, "POLICY", "TYPE", "SEVERITY", "MODE", "ACTIONS", "WHERE");
    }

    void add(Policy policy) {
        add(
                policy.name(),
                policy.managed(),
                policy.type().label(),
                policy.severity(),
                policy.enabled() ? policy.mode().label() : "disabled",
                policy.actions().labels(),
                policy.scope().toString());
    }

    /** One in the form of the API. */
    void add(JsonNode policy) {
        List<String> actions = new ArrayList<>();
        for (JsonNode action : policy.path("actions")) {
            actions.add(
                    action.path("type")
                            .asString("")
                            .replace("POLICY_ACTION_", "")
                            .toLowerCase(Locale.ROOT));
        }
        String type = policy.path("type").asString("falco");
        boolean enabled = policy.path("enabled").asBoolean(true);
        add(
                policy.path("name").asString(""),
                policy.path("isDefault").asBoolean(false),
                type.equals("falco") ? "workload" : type,
                policy.path("severity").asInt(0),
                enabled ? policy.path("mode").asString("enforce") : "disabled",
                actions,
                policy.path("scope").asString(""));
    }

    private void add(
            String name,
            boolean managed,
            String type,
            int severity,
            String mode,
            List<String> actions,
            String scope) {
        out.printf(
                FORMAT,
                Printable.of(name) + (managed ? " *" : ""),
                type,
                severity + " " + Policy.severityLabel(severity),
                mode,
                actions.isEmpty() ? "alert only" : String.join(",", actions),
                scope.isBlank() ? "everywhere" : Printable.of(scope));
    }

    void end() {
        out.println("* managed: comes with torimono");
        out.flush();
    }
}
