// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.instrument;

import dev.torimono.instrument.image.ImageLookup;
import dev.torimono.instrument.plan.Before;
import dev.torimono.instrument.plan.Definitions;
import dev.torimono.instrument.plan.Plan;
import dev.torimono.instrument.plan.Workload;
import dev.torimono.instrument.tree.Source;
import dev.torimono.instrument.write.Editor;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Instruments definitions of ECS tasks and Kubernetes pods, and takes that back.
 *
 * <p>A definition that is instrumented already is taken back and instrumented anew, with what was
 * asked for then unless it is asked for otherwise: so that twice is the same as once.
 */
public final class Instrument {
    private final Settings settings;
    private final ImageLookup images;

    public Instrument(Settings settings, ImageLookup images) {
        this.settings = settings;
        this.images = images;
    }

    /**
     * What came of a text.
     *
     * @param text the new one
     * @param notes what its user should know, a line each
     */
    public record Outcome(String text, List<String> notes) {}

    /** Puts launcher and sidecar in. */
    public Outcome instrument(String name, String text) {
        Taken taken = take(name, text);
        Definitions definitions = Definitions.read(new Source(name, taken.text()));
        checkNames(name, definitions.workloads());
        Editor editor = new Editor(definitions.tree());
        List<String> notes = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < definitions.workloads().size(); i++) {
            Workload workload = definitions.workloads().get(i);
            try {
                notes.addAll(Plan.write(workload, settings, images, taken.before().get(i), editor));
            } catch (InstrumentException e) {
                problems.add(e.getMessage());
            }
        }
        if (!problems.isEmpty()) {
            throw new InstrumentException(String.join("\n", problems));
        }
        String covered = editor.apply();
        check(name, taken.text(), covered);
        return new Outcome(covered, List.copyOf(notes));
    }

    /** Nobody gets a definition that could not be read, or not be taken back. */
    private static void check(String name, String before, String after) {
        String reason;
        try {
            reason = take(name, after).text().equals(before) ? "" : "it could not be taken back";
        } catch (InstrumentException e) {
            reason = e.headline();
        }
        if (!reason.isEmpty()) {
            throw new InstrumentException(
                    name
                            + ": is written in a way that cannot be edited safely ("
                            + reason
                            + "); write it the usual way, and please report this");
        }
    }

    /** Takes out what {@link #instrument} has put in. */
    public static Outcome revert(String name, String text) {
        Taken taken = take(name, text);
        boolean none = taken.text().equals(text);
        return new Outcome(
                taken.text(),
                none
                        ? List.of(name + ": is not instrumented by torimono; nothing changes")
                        : List.of());
    }

    private record Taken(String text, List<Before> before) {}

    private static Taken take(String name, String text) {
        Definitions definitions = Definitions.read(new Source(name, text));
        Editor editor = new Editor(definitions.tree());
        List<Before> before = new ArrayList<>();
        for (Workload workload : definitions.workloads()) {
            before.add(Before.revert(workload, editor).orElse(Before.NOTHING));
        }
        return new Taken(editor.apply(), List.copyOf(before));
    }

    /** A name that no container has is a mistake that would leave something uncovered. */
    private void checkNames(String name, List<Workload> workloads) {
        Set<String> asked = new TreeSet<>(settings.names(Settings.Key.INCLUDE));
        asked.addAll(settings.names(Settings.Key.EXCLUDE));
        asked.addAll(settings.entryPoints().keySet());
        asked.addAll(settings.commands().keySet());
        Set<String> there = new TreeSet<>();
        workloads.forEach(one -> there.addAll(one.containerNames()));
        asked.removeAll(there);
        if (!asked.isEmpty()) {
            throw new InstrumentException(
                    name
                            + ": there is no container \""
                            + asked.iterator().next()
                            + "\"; there are "
                            + String.join(", ", there));
        }
    }
}
