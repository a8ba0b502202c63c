// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.instrument.plan;

import dev.torimono.instrument.InstrumentException;
import dev.torimono.instrument.Settings;
import dev.torimono.instrument.image.ImageLookup;
import dev.torimono.instrument.tree.Node.Mapping;
import dev.torimono.instrument.tree.Node.Sequence;
import dev.torimono.instrument.write.Editor;
import dev.torimono.instrument.write.Value;
import java.util.ArrayList;
import java.util.List;

/** Instruments one workload. What is wrong is collected, so that all of it is told at once. */
public final class Plan {
    private final Workload workload;
    private final Settings settings;
    private final ImageLookup images;
    private final Before before;
    private final Changes changes;
    private final List<String> problems = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    private Plan(
            Workload workload,
            Settings settings,
            ImageLookup images,
            Before before,
            Editor editor) {
        this.workload = workload;
        this.settings = settings.over(before.settings());
        this.images = images;
        this.before = before;
        this.changes = new Changes(workload, editor);
    }

    /**
     * Plans everything and hands it to the editor.
     *
     * @param before how it was instrumented before
     * @return what its user should know
     */
    public static List<String> write(
            Workload workload,
            Settings settings,
            ImageLookup images,
            Before before,
            Editor editor) {
        Plan plan = new Plan(workload, settings, images, before, editor);
        plan.write();
        if (!plan.problems.isEmpty()) {
            throw new InstrumentException(String.join("\n", plan.problems));
        }
        plan.changes.write();
        return List.copyOf(plan.notes);
    }

    private void write() {
        if (settings.has(Settings.Key.COLLECTOR) && !settings.has(Settings.Key.ACCESS_KEY_SECRET)) {
            note(
                    place()
                            + ": without --access-key-secret the agent cannot enrol with the collector");
        }
        List<Container> covered = new ArrayList<>();
        for (Container container : workload.list()) {
            attempt(() -> add(container, covered));
        }
        if (covered.isEmpty() && problems.isEmpty()) {
            notes.add(place() + ": no container is to be covered; nothing changes");
        } else if (!covered.isEmpty()) {
            attempt(() -> cover(covered));
        }
    }

    private void add(Container container, List<Container> covered) {
        boolean ours = container.name().equals(Names.SIDECAR);
        if (ours || container.name().equals(Names.LAUNCHER_CONTAINER)) {
            throw workload.source()
                    .error(
                            container.body().from(),
                            "a container is called "
                                    + container.name()
                                    + " already, and says nothing of how it came here");
        }
        boolean asked = settings.names(Settings.Key.INCLUDE).contains(container.name());
        if (settings.covers(container.name()) && (asked || !container.init())) {
            covered.add(container);
        }
    }

    /** Where the launcher is to be, nothing else may be mounted. */
    void refuseMount(Container container, String list, String path) {
        if (workload.value(container.body(), list) instanceof Sequence mounts) {
            for (Mapping mount : Definitions.mappings(mounts)) {
                String at = workload.text(mount, path);
                if (at.equals(Names.FOLDER) || at.startsWith(Names.FOLDER + "/")) {
                    throw workload.source()
                            .error(
                                    mount.from(),
                                    "container \""
                                            + container.name()
                                            + "\": something is mounted at "
                                            + at
                                            + " already, where the launcher is to be");
                }
            }
        }
    }

    private void cover(List<Container> covered) {
        if (workload.isPod()) {
            new PodPlan(this).write(covered);
        } else {
            new TaskPlan(this).write(covered);
        }
    }

    /** The record, as the last variable of the sidecar. */
    void remember(List<Value> variables, Start start) {
        Memory record = new Memory(changes.undo(), settings.values(), start.takenFrom());
        variables.add(variable(Names.RECORD, Value.text(record.line())));
    }

    Value variable(String name, Value value) {
        return Value.fields(key("name"), Value.text(name), key("value"), value);
    }

    /** A key as this document's containers write it. */
    String key(String key) {
        return workload.key(first(), key);
    }

    private Mapping first() {
        return workload.list().getFirst().body();
    }

    void attempt(Runnable step) {
        try {
            step.run();
        } catch (InstrumentException e) {
            problems.add(e.getMessage());
        }
    }

    void note(String note) {
        notes.add(note);
    }

    String place() {
        return workload.source().at(workload.containers().from()) + ": " + workload.what();
    }

    Workload workload() {
        return workload;
    }

    Settings settings() {
        return settings;
    }

    ImageLookup images() {
        return images;
    }

    Before before() {
        return before;
    }

    Changes changes() {
        return changes;
    }
}
