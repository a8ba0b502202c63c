// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules;

import dev.torimono.model.Priority;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which rules take part, beyond what each says of itself: steps applied in sequence, so that a
 * later one overrules an earlier one.
 */
public record Selection(List<Step> steps) {
    /** What the rules say of themselves. */
    public static final Selection DEFAULT = new Selection(List.of());

    /** One enabling or disabling. */
    public sealed interface Step {
        boolean enable();

        boolean concerns(Rule rule);
    }

    /** By name, where {@code *} stands for any characters and the whole name must match. */
    public record ByName(boolean enable, String wildcard) implements Step {
        @Override
        public boolean concerns(Rule rule) {
            return Wildcard.matches(wildcard, rule.name());
        }
    }

    /** By tag. */
    public record ByTag(boolean enable, String tag) implements Step {
        @Override
        public boolean concerns(Rule rule) {
            return rule.tags().contains(tag);
        }
    }

    public Selection {
        steps = List.copyOf(steps);
    }

    public Selection enableNamed(String wildcard) {
        return with(new ByName(true, wildcard));
    }

    public Selection disableNamed(String wildcard) {
        return with(new ByName(false, wildcard));
    }

    public Selection enableTagged(String tag) {
        return with(new ByTag(true, tag));
    }

    public Selection disableTagged(String tag) {
        return with(new ByTag(false, tag));
    }

    private Selection with(Step step) {
        List<Step> more = new ArrayList<>(steps);
        more.add(step);
        return new Selection(more);
    }

    /** The entries that take part, in the order they are tried. */
    List<Ruleset.Entry> apply(List<Ruleset.Entry> entries, Priority minimum) {
        List<Ruleset.Entry> candidates = new ArrayList<>(entries.size());
        for (Ruleset.Entry entry : entries) {
            if (!entry.rule().dormant() && entry.rule().priority().atLeast(minimum)) {
                candidates.add(entry);
            }
        }
        // What is enabled later comes last, as in Falco.
        Map<String, Ruleset.Entry> active = new LinkedHashMap<>();
        for (Ruleset.Entry entry : candidates) {
            if (entry.rule().enabled()) {
                active.put(entry.rule().name(), entry);
            }
        }
        for (Step step : steps) {
            for (Ruleset.Entry entry : candidates) {
                if (step.concerns(entry.rule())) {
                    if (step.enable()) {
                        active.putIfAbsent(entry.rule().name(), entry);
                    } else {
                        active.remove(entry.rule().name());
                    }
                }
            }
        }
        return List.copyOf(active.values());
    }
}
