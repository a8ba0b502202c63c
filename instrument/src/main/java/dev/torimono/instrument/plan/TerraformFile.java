// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.instrument.plan;

import dev.torimono.instrument.read.Embedded;
import dev.torimono.instrument.read.HclReader;
import dev.torimono.instrument.tree.Node;
import dev.torimono.instrument.tree.Node.Entry;
import dev.torimono.instrument.tree.Node.Mapping;
import dev.torimono.instrument.tree.Node.Opaque;
import dev.torimono.instrument.tree.Node.Scalar;
import dev.torimono.instrument.tree.Node.Sequence;
import dev.torimono.instrument.tree.Source;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the tasks of a Terraform file whose containers stand in it: as {@code jsonencode([…])}, as
 * a heredoc of JSON, or as a string of JSON. What comes from elsewhere is refused with its place.
 */
final class TerraformFile {
    private static final String TYPE = "aws_ecs_task_definition";
    private static final String KEY = "container_definitions";

    private TerraformFile() {}

    static List<Workload> hcl(Source source) {
        List<Workload> found = new ArrayList<>();
        List<HclReader.Block> blocks = HclReader.read(source);
        for (HclReader.Block block : blocks) {
            Entry containers = block.body().entry(KEY);
            boolean task =
                    block.type().equals("resource")
                            && block.labels().size() == 2
                            && block.labels().getFirst().equals(TYPE);
            if (task && containers != null) {
                blocks.stream()
                        .filter(one -> isInside(block.body(), one))
                        .filter(one -> one.type().equals("runtime_platform"))
                        .forEach(one -> refuseWindows(source, one.body()));
                String what = TYPE + "." + block.labels().getLast();
                found.add(
                        Definitions.task(
                                source,
                                what,
                                Dialect.TERRAFORM,
                                block.body(),
                                written(source, containers.value())));
            } else if (containers != null) {
                throw source.error(
                        containers.from(),
                        KEY
                                + " of a "
                                + block.type()
                                + ": only those of a resource "
                                + TYPE
                                + " can be instrumented; what a module makes of them is not known here");
            } else if (task) {
                throw source.error(block.from(), TYPE + " without " + KEY);
            }
        }
        return found;
    }

    private static boolean isInside(Mapping body, HclReader.Block block) {
        return block.from() > body.from() && block.from() < body.to();
    }

    private static void refuseWindows(Source source, Mapping platform) {
        Entry family = platform.entry("operating_system_family");
        if (family != null
                && family.value() instanceof Scalar scalar
                && scalar.value().startsWith("WINDOWS")) {
            throw source.error(family.from(), "Windows containers cannot be covered");
        }
    }

    private static Node written(Source source, Node value) {
        return switch (value) {
            case Scalar text when text.quoted() ->
                    Embedded.quoted(source, text.from() + 1, text.to() - 1);
            case Opaque(int _, int _, String what, Scalar text) when what.equals("a heredoc") ->
                    Embedded.plain(source, text.from(), text.to());
            case Opaque(int _, int _, String what, Scalar text)
                    when what.startsWith("the template") ->
                    Embedded.quoted(source, text.from() + 1, text.to() - 1);
            case Opaque(int _, int _, String what, Sequence list)
                    when what.equals("jsonencode()") ->
                    list;
            case Opaque(int from, int _, String what, Scalar file)
                    when what.equals("file()") || what.equals("templatefile()") ->
                    throw source.error(
                            from,
                            "the containers are in the file "
                                    + file.value()
                                    + ": instrument that one, and set pid_mode = \"task\" here");
            case Opaque(int from, int _, String what, Node inner)
                    when what.equals("jsonencode()") ->
                    throw unknown(source, from, inner);
            case Opaque opaque -> throw unknown(source, opaque.from(), opaque);
            case Scalar scalar -> throw unknown(source, scalar.from(), scalar);
            case Mapping mapping -> throw unknown(source, mapping.from(), mapping);
            case Sequence list -> throw unknown(source, list.from(), list);
        };
    }

    private static RuntimeException unknown(Source source, int from, @Nullable Node found) {
        return source.error(
                from,
                KEY
                        + " must be jsonencode([…]), a heredoc or a string of JSON in this file, found "
                        + (found == null ? "something else" : Node.kind(found))
                        + "; what it comes to is not known here");
    }

    static List<Workload> json(Source source, Node root) {
        List<Workload> found = new ArrayList<>();
        if (root instanceof Mapping file) {
            for (Mapping resources : oneOrMany(file.get("resource"))) {
                for (Mapping tasks : oneOrMany(resources.get(TYPE))) {
                    for (Entry named : tasks.entries()) {
                        for (Mapping body : oneOrMany(named.value())) {
                            found.add(task(source, named, body));
                        }
                    }
                }
            }
        }
        return found;
    }

    private static Workload task(Source source, Entry named, Mapping body) {
        String what = TYPE + "." + named.key();
        Node value = body.get(KEY);
        if (value == null) {
            throw source.error(named.from(), what + " without " + KEY);
        }
        if (!(value instanceof Scalar text && text.quoted() && !text.value().startsWith("${"))) {
            throw source.error(
                    value.from(),
                    KEY
                            + " must be a string of JSON in this file; what this comes to is not known here");
        }
        oneOrMany(body.get("runtime_platform")).forEach(one -> refuseWindows(source, one));
        Node containers = Embedded.quoted(source, value.from() + 1, value.to() - 1);
        return Definitions.task(source, what, Dialect.TERRAFORM, body, containers);
    }

    /** Terraform's JSON takes an object or a list of them nearly everywhere. */
    private static List<Mapping> oneOrMany(@Nullable Node node) {
        return switch (node) {
            case Mapping mapping -> List.of(mapping);
            case Sequence list -> Definitions.mappings(list);
            case null -> List.of();
            case Scalar _, Opaque _ -> List.of();
        };
    }
}
