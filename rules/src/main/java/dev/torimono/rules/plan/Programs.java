// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.plan;

import dev.torimono.model.EventType;
import dev.torimono.rules.field.FieldUse;
import dev.torimono.rules.field.Reader;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The programs of one event source, by event type. Each is made when its type is first seen: of the
 * several hundred types a host shows a few dozen.
 */
final class Programs {
    private final List<Numbered> rules;
    private final Map<FieldUse, Reader> readers = new HashMap<>();
    private final Slots slots;
    private final Dictionaries dictionaries;
    private final @Nullable Program[] byType = new Program[EventType.count()];
    private final @Nullable OpenProgram[] openByType = new OpenProgram[EventType.count()];

    /** A rule with its position among all. */
    record Numbered(int index, PlannedRule rule) {}

    Programs(List<Numbered> rules, Slots slots, Dictionaries dictionaries) {
        this.rules = List.copyOf(rules);
        this.slots = slots;
        this.dictionaries = dictionaries;
    }

    Program of(EventType type) {
        Program program = byType[type.code()];
        if (program == null) {
            program = make(type);
            byType[type.code()] = program;
        }
        return program;
    }

    /** What judges events of containers that are not described yet. */
    OpenProgram open(EventType type) {
        OpenProgram program = openByType[type.code()];
        if (program == null) {
            List<Numbered> live = new ArrayList<>();
            List<Node> nodes = new ArrayList<>();
            specialize(type, live, nodes);
            program =
                    new OpenProgram(
                            live.stream().mapToInt(Numbered::index).toArray(),
                            nodes,
                            slots,
                            dictionaries);
            openByType[type.code()] = program;
        }
        return program;
    }

    /** Whether something that {@link OpenProgram} left open holds for the present event. */
    boolean holds(Node left, Context context) {
        return new Planner(slots, dictionaries).plan(left).test(context);
    }

    /** The rules that can hold for a type, and what remains of their conditions. */
    private void specialize(EventType type, List<Numbered> live, List<Node> nodes) {
        Specializer specializer = new Specializer(type, readers);
        for (Numbered rule : rules) {
            Node node = specializer.specialize(rule.rule().condition().root());
            if (!node.equals(Node.FALSE)) {
                live.add(rule);
                nodes.add(node);
            }
        }
    }

    private Program make(EventType type) {
        List<Numbered> live = new ArrayList<>();
        List<Node> nodes = new ArrayList<>();
        specialize(type, live, nodes);
        return new Program(
                live.stream().mapToInt(Numbered::index).toArray(),
                live.stream().mapToInt(rule -> rule.rule().ruleset()).toArray(),
                blocks(nodes));
    }

    private Block[] blocks(List<Node> nodes) {
        List<Steps> parts = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i += Block.RULES) {
            parts.add(new Steps(nodes.subList(i, Math.min(i + Block.RULES, nodes.size()))));
        }
        Planner planner = new Planner(slots, dictionaries);
        parts.forEach(steps -> steps.nodes().forEach(planner::count));
        return parts.stream()
                .map(
                        steps ->
                                new Block(
                                        steps.make(planner),
                                        steps.rest().stream()
                                                .map(planner::plan)
                                                .toArray(Eval[]::new)))
                .toArray(Block[]::new);
    }

    /** Adds the codes of the types that some rule can hold for. */
    void addTypes(BitSet codes, TypeSets types) {
        for (Numbered rule : rules) {
            codes.or(types.of(rule.rule().condition().root()));
        }
    }
}
