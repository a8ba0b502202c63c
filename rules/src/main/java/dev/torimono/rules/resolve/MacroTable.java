// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.resolve;

import dev.torimono.rules.read.Similar;
import dev.torimono.rules.syntax.Expr;
import dev.torimono.rules.syntax.Span;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
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

    public MacroTable(Budget budget) {
        this.budget = budget;
    }

    /** Adds a parsed macro; null for one that is broken. */
    public void add(String name, int index, @Nullable Expr condition) {
        macros.put(name, new Entry(index, condition, condition == null ? 0 : size(condition)));
    }

    /** Resolves references inside a macro, which sees those defined before a given moment. */
    public void resolve(String name, int visibility) {
        Entry entry = macros.get(name);
        if (entry != null && entry.condition != null) {
            Run run = new Run(visibility);
            Expr original = entry.condition;
            // Stays broken unless this ends well.
            Expr resolved;
            try {
                resolved = run.resolve(original);
            } catch (MacroException e) {
                entry.condition = null;
                throw e;
            }
            entry.condition = resolved;
            entry.size = run.size;
        }
    }

    /** A rule's condition with macros in place. */
    public Expr resolve(Expr condition) {
        Run run = new Run(Integer.MAX_VALUE);
        Expr resolved = run.resolve(condition);
        budget.spendNodes(run.size);
        return resolved;
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
