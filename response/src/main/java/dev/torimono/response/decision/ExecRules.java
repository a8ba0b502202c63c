// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.decision;

import dev.torimono.response.policy.Policy;
import dev.torimono.response.read.KnownRules;
import dev.torimono.response.scope.Coverage;
import dev.torimono.rules.field.FieldCatalog;
import dev.torimono.rules.syntax.Expr;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The rules of a policy that can hold for an exec. Immutable but for what it remembers. */
final class ExecRules {
    private static final int REMEMBERED = 4096;

    private final int count;
    private final boolean known;
    private final List<Expr> conditions;

    /** Rules before the last of them that may find the same exec and that are not among them. */
    private final List<String> overtaking;

    private final Map<String, Boolean> spared = new ConcurrentHashMap<>();

    private ExecRules(int count, boolean known, List<Expr> conditions, List<String> overtaking) {
        this.count = count;
        this.known = known;
        this.conditions = List.copyOf(conditions);
        this.overtaking = List.copyOf(overtaking);
    }

    static ExecRules of(Policy policy, KnownRules rules) {
        FieldCatalog catalog = FieldCatalog.standard();
        List<Expr> conditions = new ArrayList<>();
        List<String> others = new ArrayList<>();
        int overtaking = 0;
        boolean known = true;
        int count = 0;
        for (Map.Entry<String, List<String>> rule : rules.tagsByName().entrySet()) {
            if (!rules.seesExec(rule.getKey(), catalog)) {
                continue;
            }
            if (!policy.takes(rule.getKey(), rule.getValue())) {
                others.add(rule.getKey());
            } else {
                overtaking = others.size();
                Expr condition = rules.condition(rule.getKey());
                count++;
                known &= condition != null;
                if (condition != null) {
                    conditions.add(condition);
                }
            }
        }
        return new ExecRules(count, known, conditions, others.subList(0, overtaking));
    }

    boolean none() {
        return count == 0;
    }

    /** Whether no rule can hold for a program of the image, unless it is called by a known name. */
    boolean spare(String path) {
        if (!known) {
            return false;
        }
        if (spared.size() > REMEMBERED) {
            spared.clear();
        }
        return spared.computeIfAbsent(
                path,
                program -> {
                    ImageProgram image = new ImageProgram(program);
                    return conditions.stream().allMatch(c -> image.holds(c) == Coverage.NO);
                });
    }

    /** Rules that come first and may find the same exec. */
    List<String> overtaking() {
        return overtaking;
    }

    /** The names that rules compare a program's with. */
    Set<String> names() {
        Set<String> names = new HashSet<>();
        conditions.forEach(condition -> collect(condition, names));
        return names;
    }

    private static void collect(Expr expr, Set<String> names) {
        switch (expr) {
            case Expr.And and -> and.parts().forEach(part -> collect(part, names));
            case Expr.Or or -> or.parts().forEach(part -> collect(part, names));
            case Expr.Not not -> collect(not.part(), names);
            case Expr.Compare compare -> {
                if (compare.left() instanceof Expr.FieldRef field
                        && field.name().equals("proc.name")) {
                    names.addAll(ImageProgram.values(compare.right()));
                }
            }
            case Expr.Exists _, Expr.MacroRef _ -> {
                // They name nothing.
            }
        }
    }
}
