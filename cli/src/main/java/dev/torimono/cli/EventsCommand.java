// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.cli;

import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** The events that a collector keeps. */
@Command(
        name = "events",
        description = "Show events that the collector keeps, the newest last.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  torimono events --since 60",
            "  torimono events --filter 'severity in (\"0\",\"1\") and ruleName contains \"shell\"'",
            "  torimono events --filter 'freeText = \"nc 10.0\"' --json"
        })
final class EventsCommand implements Callable<Integer> {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT)
                    .withZone(ZoneId.systemDefault());

    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private CollectorOptions collector = new CollectorOptions();

    @Option(
            names = "--filter",
            paramLabel = "FILTER",
            defaultValue = "",
            description = "Which events; the language of Sysdig's events feed.")
    private String filter = "";

    @Option(
            names = "--since",
            paramLabel = "MINUTES",
            defaultValue = "0",
            description = "Only of the last minutes.")
    private long sinceMinutes;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "How many at most, up to 1000; default ${DEFAULT-VALUE}.")
    private long limit;

    @Option(names = "--json", description = "Each as one line of JSON.")
    private boolean json;

    @Override
    public Integer call() {
        long fromNs =
                sinceMinutes == 0
                        ? 0
                        : TimeUnit.SECONDS.toNanos(
                                Instant.now().getEpochSecond() - sinceMinutes * 60);
        JsonNode page =
                collector.get(
                        "/secure/events/v1/events?limit="
                                + limit
                                + "&from="
                                + fromNs
                                + "&filter="
                                + URLEncoder.encode(filter, StandardCharsets.UTF_8));
        PrintWriter out = spec.commandLine().getOut();
        List<JsonNode> events = new ArrayList<>(page.path("data").valueStream().toList());
        for (JsonNode event : events.reversed()) {
            out.println(json ? event.toString() : line(event));
        }
        long total = page.path("page").path("total").asLong(0);
        if (!json && total > events.size()) {
            spec.commandLine().getErr().println("the newest " + events.size() + " of " + total);
        }
        out.flush();
        return ExitCode.OK;
    }

    private static String line(JsonNode event) {
        long timeNs = event.path("timestamp").asLong(0);
        JsonNode labels = event.path("labels");
        String container =
                labels.path("container.name").asString(labels.path("container.id").asString(""));
        String host = labels.path("host.hostName").asString("");
        StringBuilder line = new StringBuilder();
        line.append(TIME.format(Instant.ofEpochSecond(0, timeNs)))
                .append("  ")
                .append(severity(event.path("severity").asInt(7)))
                .append("  ")
                .append(host)
                .append(container.isEmpty() ? "" : "/" + container)
                .append("  ")
                .append(event.path("content").path("ruleName").asString(""));
        event.path("actions")
                .forEach(
                        action ->
                                line.append("  [")
                                        .append(action.path("type").asString(""))
                                        .append(' ')
                                        .append(action.path("status").asString(""))
                                        .append(']'));
        String command = event.path("content").path("fields").path("proc.cmdline").asString("");
        // Whatever was run must not steer the terminal.
        return Printable.of(line + (command.isEmpty() ? "" : "  " + command));
    }

    private static String severity(int severity) {
        return severity <= 3
                ? "high  "
                : severity <= 5 ? "medium" : severity == 6 ? "low   " : "info  ";
    }
}
