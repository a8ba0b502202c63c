// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** The agents that report to a collector. */
@Command(
        name = "agents",
        description =
                "Show the agents of the collector, and whether they enforce what they should.",
        footerHeading = "%nExample:%n",
        footer = "  torimono agents")
final class AgentsCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private CollectorOptions collector = new CollectorOptions();

    @Option(names = "--json", description = "Everything that is known of them, as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        JsonNode agents = collector.get("/api/v1/agents");
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(agents);
        } else {
            String form = "%-24s %-10s %-9s %-12s %-16s %s%n";
            out.printf(form, "HOST", "STATUS", "SEEN", "POLICIES", "BUNDLE", "ID");
            for (JsonNode agent : agents) {
                out.printf(
                        form,
                        Printable.of(agent.path("hostname").asString("")),
                        agent.path("status").asString(""),
                        ago(agent.path("lastSeen").asLong(0)),
                        policies(agent),
                        Printable.of(agent.path("bundleInForce").asString("")),
                        agent.path("id").asString(""));
            }
        }
        out.flush();
        return ExitCode.OK;
    }

    private static String policies(JsonNode agent) {
        if (!agent.path("bundleRefused").asString("").isEmpty()) {
            return "refused";
        }
        return agent.path("upToDate").asBoolean(false) ? "in force" : "not yet";
    }

    private static String ago(long seenMs) {
        if (seenMs == 0) {
            return "never";
        }
        Duration ago = Duration.between(Instant.ofEpochMilli(seenMs), Instant.now());
        return ago.toMinutes() < 2 ? ago.toSeconds() + " s" : ago.toMinutes() + " min";
    }
}
