// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.instrument.plan;

import dev.torimono.instrument.image.ImageLookup;
import dev.torimono.instrument.tree.Node;
import dev.torimono.instrument.tree.Node.Entry;
import dev.torimono.instrument.tree.Node.Mapping;
import dev.torimono.instrument.tree.Node.Opaque;
import dev.torimono.instrument.tree.Node.Scalar;
import dev.torimono.instrument.tree.Node.Sequence;
import dev.torimono.instrument.write.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Has a container start through the launcher. What runs is entry point and command, one behind the
 * other; a definition that gives an entry point leaves out both of the image's, one that gives only
 * a command leaves out the image's command. So the launcher goes first, and what of the image it
 * pushes out is written down.
 */
final class Start {
    private final Plan plan;
    private final Workload workload;
    private final String entryPointKey;
    private final String commandKey;
    private final SortedMap<String, String> takenFrom = new TreeMap<>();

    Start(Plan plan) {
        this.plan = plan;
        this.workload = plan.workload();
        String[] keys = keys(workload);
        this.entryPointKey = keys[0];
        this.commandKey = keys[1];
    }

    /** Kubernetes says command for the entry point. */
    static String[] keys(Workload workload) {
        return workload.isPod()
                ? new String[] {"command", "args"}
                : new String[] {"entryPoint", "command"};
    }

    /** Images whose start was written down, by address. */
    SortedMap<String, String> takenFrom() {
        return takenFrom;
    }

    void through(Container container) {
        Mapping body = container.body();
        Entry entry = workload.entry(body, entryPointKey);
        Node words = entry == null ? null : entry.value();
        if (entry == null || words == null || Changes.isEmpty(words)) {
            imageStart(container, entry);
        } else if (words instanceof Sequence list) {
            check(container, list);
            String path = container.path() + "/" + entry.key();
            plan.changes().first(path, list, List.of(Value.text(Names.LAUNCHER)));
        } else {
            throw workload.source()
                    .error(
                            words.from(),
                            "container \""
                                    + container.name()
                                    + "\": "
                                    + entry.key()
                                    + " must be a list for the launcher to be put before it, found "
                                    + Node.kind(words));
        }
    }

    private void check(Container container, Sequence list) {
        Node first = list.items().getFirst().value();
        if (!(first instanceof Scalar scalar)) {
            return;
        }
        boolean ours = scalar.value().equals(Names.LAUNCHER);
        if (ours || scalar.value().startsWith("/opt/draios/bin/")) {
            throw workload.source()
                    .error(
                            first.from(),
                            "container \""
                                    + container.name()
                                    + "\": starts through "
                                    + scalar.value()
                                    + (ours
                                            ? " already, but the sidecar that knows how it was"
                                                    + " before is gone; take the launcher out by hand"
                                            : ", another tool's instrumentation; take that out first,"
                                                    + " or leave the container out with --exclude"));
        }
        if (plan.settings().entryPoints().containsKey(container.name())) {
            plan.note(
                    workload.source().at(first.from())
                            + ": container \""
                            + container.name()
                            + "\": has an entry point of its own; --entry-point is not used");
        }
    }

    private void imageStart(Container container, @Nullable Entry entry) {
        Mapping body = container.body();
        Entry command = workload.entry(body, commandKey);
        boolean commanded = command != null && !Changes.isEmpty(command.value());
        ImageLookup.Start start = known(container, commanded);
        List<String> words = new ArrayList<>(List.of(Names.LAUNCHER));
        words.addAll(start.entryPoint());
        set(container, entry, entryPointKey, words);
        if (!commanded && !start.command().isEmpty()) {
            set(container, command, commandKey, start.command());
        } else if (!commanded && start.entryPoint().isEmpty()) {
            throw unknown(container, "its image starts nothing", commanded);
        }
        takenFrom.put(container.address(), image(container));
    }

    private void set(Container container, @Nullable Entry entry, String key, List<String> words) {
        Mapping body = container.body();
        Value value = Value.words(words.stream().map(workload.dialect()::literal).toList());
        if (entry == null) {
            plan.changes().key(container.path(), body, workload.key(body, key), value);
        } else {
            plan.changes().value(container.path(), entry, body.form(), value);
        }
    }

    private ImageLookup.Start known(Container container, boolean commanded) {
        String name = container.name();
        List<String> entryPoint = plan.settings().entryPoints().get(name);
        List<String> command = plan.settings().commands().get(name);
        if (entryPoint != null || (command != null && !commanded)) {
            return new ImageLookup.Start(
                    entryPoint == null ? List.of() : entryPoint,
                    command == null ? List.of() : command,
                    "");
        }
        String image = image(container);
        ImageLookup.Start before = plan.before().start(container.address(), image);
        if (before != null) {
            return before;
        }
        if (!(workload.value(container.body(), "image") instanceof Scalar)) {
            throw unknown(container, "which image it has is not known here", commanded);
        }
        ImageLookup.Start found =
                plan.images()
                        .find(image)
                        .orElseThrow(
                                () ->
                                        unknown(
                                                container,
                                                "it starts what its image says",
                                                commanded));
        plan.note(
                workload.source().at(container.body().from())
                        + ": container \""
                        + name
                        + "\": entry point taken from "
                        + found.where());
        return found;
    }

    private String image(Container container) {
        Node image = workload.value(container.body(), "image");
        return switch (image) {
            case null ->
                    throw workload.source()
                            .error(
                                    container.body().from(),
                                    "container \"" + container.name() + "\" has no image");
            case Scalar scalar -> scalar.value();
            case Opaque _, Mapping _, Sequence _ -> workload.source().text(image);
        };
    }

    private RuntimeException unknown(Container container, String why, boolean commanded) {
        String name = container.name();
        return workload.source()
                .error(
                        container.body().from(),
                        "container \""
                                + name
                                + "\": "
                                + why
                                + " ("
                                + image(container)
                                + "), and the launcher must know it; write "
                                + entryPointKey
                                + (commanded ? "" : " and " + commandKey)
                                + " into the definition, or give --entry-point '"
                                + name
                                + "=…'"
                                + (commanded ? "" : " and --command '" + name + "=…'")
                                + ", or have the image in the local Docker");
    }
}
