// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.cli;

import dev.torimono.agent.format.JsonWriter;
import dev.torimono.rules.field.Field;
import dev.torimono.rules.field.FieldCatalog;
import dev.torimono.rules.field.LiveLimits;
import dev.torimono.rules.report.FieldsPage;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Which fields conditions and outputs can use. */
@Command(
        name = "fields",
        description = "List the fields of the rule language: name, type, meaning.",
        footerHeading = "%nExamples:%n",
        footer = {"  torimono rules fields", "  torimono rules fields container."})
final class RulesFieldsCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "TEXT",
            arity = "0..1",
            description = "Only fields whose name or meaning contains this.")
    private String text = "";

    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    @Option(names = "--markdown", description = "All of them, as docs/fields.md has them.")
    private boolean markdown;

    @Override
    public Integer call() {
        if (markdown) {
            spec.commandLine().getOut().print(FieldsPage.text());
            spec.commandLine().getOut().flush();
            return ExitCode.OK;
        }
        List<Field> fields =
                FieldCatalog.standard().fields().stream()
                        .filter(field -> !field.is(Field.Trait.HIDDEN))
                        .filter(this::isWanted)
                        .toList();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(json(fields));
        } else {
            fields.forEach(field -> out.println(line(field)));
        }
        out.flush();
        return ExitCode.OK;
    }

    private boolean isWanted(Field field) {
        String wanted = text.toLowerCase(Locale.ROOT);
        return field.name().contains(wanted)
                || field.description().toLowerCase(Locale.ROOT).contains(wanted);
    }

    private static String line(Field field) {
        return "%-34s %-14s %s"
                .formatted(field.name() + field.argument().form(), type(field), field.description())
                .stripTrailing();
    }

    private static String type(Field field) {
        return field.type() + (field.list() ? "[]" : "");
    }

    private static String json(List<Field> fields) {
        LiveLimits limits = new LiveLimits();
        JsonWriter json = new JsonWriter().beginArray();
        for (Field field : fields) {
            json.beginObject();
            json.name("name").string(field.name());
            json.name("argument").string(field.argument().form());
            json.name("type").string(field.type().toString());
            json.name("list").bool(field.list());
            json.name("source").string(field.provider().name().toLowerCase(Locale.ROOT));
            json.name("description").string(field.description());
            json.name("live").string(limits.of(field)).endObject();
        }
        return new String(json.endArray().toBytes(), StandardCharsets.UTF_8);
    }
}
