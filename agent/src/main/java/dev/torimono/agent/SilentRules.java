// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent;

import dev.torimono.model.EventType;
import dev.torimono.rules.LoadResult;
import dev.torimono.rules.Matcher;
import dev.torimono.rules.Rule;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Rules in force that can never fire on a live machine, because nobody tells their events. */
final class SilentRules {
    private SilentRules() {}

    /** Names each of them in the log, with the events it waits for. */
    static void tell(LoadResult result, Matcher matcher, Predicate<String> told, Log log) {
        for (Rule rule : matcher.rules()) {
            result.ruleset()
                    .condition(rule.name())
                    .filter(_ -> rule.source().equals("syscall"))
                    .map(condition -> names(condition.eventTypes().stream().toArray()))
                    .filter(names -> !names.isEmpty())
                    .filter(names -> names.stream().noneMatch(told))
                    .ifPresent(
                            names ->
                                    log.warn(
                                            "rules: "
                                                    + rule.name()
                                                    + ": never fires on a live machine: the sensor"
                                                    + " does not tell "
                                                    + String.join(", ", names)));
        }
    }

    private static Set<String> names(int[] codes) {
        return java.util.Arrays.stream(codes)
                .mapToObj(EventType::of)
                .filter(java.util.Objects::nonNull)
                .map(EventType::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
