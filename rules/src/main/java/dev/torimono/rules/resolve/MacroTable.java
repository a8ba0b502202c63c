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
     * @param macros the macros it refers to, as they were then
     */
    private record Resolution(Expr resolved, long size, Map<String, Expr> macros) {}

    private static final class Entry {
        private final int index;
        private @Nullable Expr condition;
        private long size;

        Entry(int index, @Nullable Expr condition, long size) {
            this.index = index;
            this.condition = condition;
            this.size = size;
        }
    }

    public MacroTable(Budget budget, Memo memo) {
        this.budget = budget;
        this.memo = memo;
    }

    /** Adds a parsed macro; null for one that is broken. */
    public void add(String name, int index, @Nullable Expr condition) {
        macros.put(name, new Entry(index, condition, condition == null ? 0 : size(condition)));
    }

    /** Resolves references inside a macro, which sees those defined before a given moment. */
    public void resolve(String name, int visibility) {
        Entry entry = macros.get(name);
        if (entry != null && entry.condition != null) {
            try {
                Resolution resolution = resolution(entry.condition, visibility);
                entry.condition = resolution.resolved;
                entry.size = resolution.size;
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
        Resolution now = new Resolution(run.resolve(condition), run.size, run.seen);
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

    private static long size(Expr expr) {
        return switch (expr) {
            case Expr.And and -> 1 + and.parts().stream().mapToLong(MacroTable::size).sum();
            case Expr.Or or -> 1 + or.parts().stream().mapToLong(MacroTable::size).sum();
            case Expr.Not not -> 1 + size(not.part());
            case Expr.MacroRef _, Expr.Exists _, Expr.Compare _ -> 1;
        };
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

        Run(int visibility) {
            this.visibility = visibility;
        }

        Expr resolve(Expr expr) {
            Expr resolved = visit(expr);
            if (undefined != null) {
                throw undefined;
            }
            return resolved;
        }

        private Expr visit(Expr expr) {
            size++;
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
            parts.forEach(part -> visited.add(visit(part)));
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
                long before = size;
                path.push(ref.name());
                Expr inner = visit(entry.condition);
                path.pop();
                resolved = new Entry(entry.index, inner, size - before);
                done.put(ref.name(), resolved);
            } else {
                size += resolved.size;
            }
            budget.check(size);
            return java.util.Objects.requireNonNull(resolved.condition);
        }

        private String undefined(String name, @Nullable Entry entry) {
            return entry == null
                    ? "undefined macro '" + name + "'" + Similar.hint(name, macros.keySet())
                    : "macro '" + name + "' is defined only later; move its definition up";
        }
    }
}
