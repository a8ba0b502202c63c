// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules;

import dev.torimono.rules.plan.Proof;
import dev.torimono.rules.syntax.Expr;
import java.util.ArrayList;
import java.util.List;

/**
 * What of a condition held, in the words of conditions and short: of alternatives only those that
 * held, of long lists the beginning.
 */
final class HeldText {
    private static final int MAX_CHARS = 300;
    private static final int MAX_VALUES = 4;

    private HeldText() {}

    static String of(Proof held) {
        return cut(text(held), MAX_CHARS);
    }

    private static String text(Proof held) {
        return switch (held.expr()) {
            case Expr.And _ when !held.parts().isEmpty() ->
                    joined(" and ", held.parts(), held.parts().size());
            case Expr.Or _ when !held.parts().isEmpty() ->
                    joined(
                            " or ",
                            held.parts().stream().filter(Proof::holds).toList(),
                            held.parts().size());
            case Expr.Not not -> "not " + shortened(not.part());
            default -> shortened(held.expr());
        };
    }

    /** With dots for alternatives that did not hold. */
    private static String joined(String word, List<Proof> parts, int all) {
        List<String> texts = new ArrayList<>();
        int length = 0;
        for (Proof part : parts) {
            if (length > MAX_CHARS) {
                break;
            }
            boolean group = part.parts().size() > 1;
            String text = group ? "(" + text(part) + ")" : text(part);
            length += text.length();
            texts.add(text);
        }
        if (parts.size() < all) {
            texts.add("…");
        }
        return String.join(word, texts);
    }

    private static String shortened(Expr expr) {
        if (expr instanceof Expr.Compare compare
                && compare.right() instanceof Expr.ValueList list
                && list.values().size() > MAX_VALUES) {
            String begun =
                    new Expr.Compare(
                                    compare.left(),
                                    compare.operator(),
                                    compare.quantifier(),
                                    new Expr.ValueList(
                                            list.values().subList(0, MAX_VALUES), list.span()),
                                    compare.span())
                            .toString();
            return begun.substring(0, begun.length() - 1)
                    + ", …"
                    + (list.values().size() - MAX_VALUES)
                    + ")";
        }
        return cut(expr.toString(), MAX_CHARS);
    }

    private static String cut(String text, int chars) {
        return text.length() > chars ? text.substring(0, chars - 1) + "…" : text;
    }
}
