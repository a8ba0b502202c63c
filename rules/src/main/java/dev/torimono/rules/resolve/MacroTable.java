// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.resolve;

import dev.torimono.rules.RuleException;
import dev.torimono.rules.read.Similar;
import dev.torimono.rules.syntax.Expr;
import dev.torimono.rules.syntax.Span;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The parsed macros of a load. Wherever a macro is used, the same tree stands, so that evaluation
 * can share it.
 */
public final class MacroTable {
    /** How deep macros of macros may nest; everything that walks conditions recurses. */
    private static final int MAX_DEPTH = 500;

    private final Map<String, Entry> macros = new LinkedHashMap<>();
    private final Set<String> used = new LinkedHashSet<>();
    private final Budget budget;
    private final Memo memo;

    /** What earlier tables resolved; a load has one table after each file. */
    public static final class Memo {
        private final IdentityHashMap<Expr, Resolution> resolutions = new IdentityHashMap<>();
    }

    /**
     * What a condition resolved to.
     *
     * @param resolved macros in place
     * @param size number of its nodes
     * @param depth how deep it nests
     * @param macros the macros it refers to, as they were then
     */
    private record Resolution(Expr resolved, long size, int depth, Map<String, Expr> macros) {}

    private static final class Entry {
        private final int index;
        private @Nullable Expr condition;
        private long size;
        private int depth;

        Entry(int index, @Nullable Expr condition, long size, int depth) {
            this.index = index;
            this.condition = condition;
            this.size = size;
            this.depth = depth;
        }
    }

    public MacroTable(Budget budget, Memo memo) {
        this.budget = budget;
        this.memo = memo;
    }

    /** Adds a parsed macro; null for one that is broken. */
    public void add(String name, int index, @Nullable Expr condition) {
        macros.put(name, new Entry(index, condition, 0, 0));
    }

    /** Resolves references inside a macro, which sees those defined before a given moment. */
    public void resolve(String name, int visibility) {
        Entry entry = macros.get(name);
        if (entry != null && entry.condition != null) {
            try {
                Resolution resolution = resolution(entry.condition, visibility);
                entry.condition = resolution.resolved;
                entry.size = resolution.size;
                entry.depth = resolution.depth;
            } catch (MacroException | RuleException e) {
                entry.condition = null;
                throw e;
            }
        }
    }

    /** A rule's condition with macros in place. */
    public Expr resolve(Expr condition) {
        Resolution resolution = resolution(condition, Integer.MAX_VALUE);
        budget.spendNodes(resolution.size);
        return resolution.resolved;
    }

    private Resolution resolution(Expr condition, int visibility) {
        Resolution before = memo.resolutions.get(condition);
        if (before != null && stands(before, visibility)) {
            used.addAll(before.macros.keySet());
            return before;
        }
        Run run = new Run(visibility);
        Resolution now = run.resolution(condition);
        memo.resolutions.put(condition, now);
        return now;
    }

    /** Whether everything it refers to is still what it was. */
    private boolean stands(Resolution resolution, int visibility) {
        for (Map.Entry<String, Expr> macro : resolution.macros.entrySet()) {
            Entry entry = macros.get(macro.getKey());
            if (entry == null
                    || entry.index >= visibility
                    || !isSame(entry.condition, macro.getValue())) {
                return false;
            }
        }
        return true;
    }

    @SuppressWarnings("ReferenceEquality") // Equal trees at different places differ.
    private static boolean isSame(@Nullable Expr one, Expr other) {
        return one == other;
    }

    /** Names that nothing uses. */
    public List<String> unused() {
        return macros.keySet().stream().filter(name -> !used.contains(name)).toList();
    }

    /** A reference that leads nowhere. */
    public static final class MacroException extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Span span;

        MacroException(String message, Span span) {
            super(message, null, false, false);
            this.span = span;
        }

        /** The reference. */
        public Span span() {
            return span;
        }

        @Override
        public String getMessage() {
            return java.util.Objects.requireNonNull(super.getMessage());
        }
    }

    /** One resolution: what it sees, where it is, and what it has resolved already. */
    private final class Run {
        private final int visibility;
        private final Deque<String> path = new ArrayDeque<>();
        private final Map<String, Entry> done = new HashMap<>();
        private final Map<String, Expr> seen = new HashMap<>();
        private @Nullable MacroException undefined;
        private long size;
        private int level;
        private int deepest;

        Run(int visibility) {
            this.visibility = visibility;
        }

        Resolution resolution(Expr expr) {
            Expr resolved = visit(expr);
            if (undefined != null) {
                throw undefined;
            }
            return new Resolution(resolved, size, deepest, seen);
        }

        private Expr visit(Expr expr) {
            size++;
            level++;
            reach(level, expr.span());
            Expr visited = parts(expr);
            level--;
            return visited;
        }

        private void reach(int depth, Span at) {
            deepest = Math.max(deepest, depth);
            if (depth > MAX_DEPTH) {
                throw new MacroException(
                        "macros nest deeper than " + MAX_DEPTH + " levels here", at);
            }
        }

        private Expr parts(Expr expr) {
            return switch (expr) {
                case Expr.And and -> new Expr.And(visit(and.parts()), and.span());
                case Expr.Or or -> new Expr.Or(visit(or.parts()), or.span());
                case Expr.Not not -> new Expr.Not(visit(not.part()), not.span());
                case Expr.MacroRef ref -> macro(ref);
                case Expr.Exists exists -> exists;
                case Expr.Compare compare -> compare;
            };
        }

        private List<Expr> visit(List<Expr> parts) {
            List<Expr> visited = new ArrayList<>(parts.size());
            // No lambda: it would double the frames of a deep nesting.
            for (Expr part : parts) {
                visited.add(visit(part));
            }
            return visited;
        }

        private Expr macro(Expr.MacroRef ref) {
            Entry entry = macros.get(ref.name());
            if (entry == null || entry.index >= visibility) {
                if (undefined == null) {
                    undefined = new MacroException(undefined(ref.name(), entry), ref.span());
                }
                return ref;
            }
            if (path.contains(ref.name())) {
                throw new MacroException("macro '" + ref.name() + "' refers to itself", ref.span());
            }
            if (entry.condition == null) {
                throw new MacroException(
                        "macro '" + ref.name() + "' is broken; see its own error", ref.span());
            }
            used.add(ref.name());
            seen.put(ref.name(), entry.condition);
            Entry resolved = done.get(ref.name());
            if (resolved == null) {
                resolved = descend(ref.name(), entry);
                done.put(ref.name(), resolved);
            } else {
                size += resolved.size;
                reach(level + resolved.depth, ref.span());
            }
            budget.check(size);
            return java.util.Objects.requireNonNull(resolved.condition);
        }

        private Entry descend(String name, Entry entry) {
            Expr condition = java.util.Objects.requireNonNull(entry.condition);
            if (entry.depth > 0) {
                // Resolved before: no reference is left in it.
                size += entry.size;
                reach(level + entry.depth, condition.span());
                return entry;
            }
            long before = size;
            int outer = deepest;
            deepest = level;
            path.push(name);
            Expr inner = visit(condition);
            path.pop();
            Entry resolved = new Entry(entry.index, inner, size - before, deepest - level);
            deepest = Math.max(outer, deepest);
            return resolved;
        }

        private String undefined(String name, @Nullable Entry entry) {
            return entry == null
                    ? "undefined macro '" + name + "'" + Similar.hint(name, macros.keySet())
                    : "macro '" + name + "' is defined only later; move its definition up";
        }
    }
}
