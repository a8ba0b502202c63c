// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.plan;

import dev.torimono.rules.field.FieldUse;
import java.util.List;

/**
 * Rough guesses how often a condition holds; only their order matters. Naming something holds
 * seldom, excluding something mostly.
 */
final class Likelihood {
    private static final double SELDOM = 0.03;
    private static final double HALF = 0.5;
    private static final double MOSTLY = 0.9;

    private Likelihood() {}

    static double of(Node node) {
        return switch (node) {
            case Node.All all -> all(all.parts());
            case Node.Any any -> 1 - none(any.parts());
            case Node.One one -> 1 - none(one.parts());
            case Node.Not not -> 1 - of(not.part());
            case Node.Constant constant -> constant.value() ? 1 : 0;
            case Node.Present p -> MOSTLY;
            case Node.Pair p -> HALF;
            case Node.Test test -> of(test.source(), test.match());
        };
    }

    private static double all(List<Node> parts) {
        double all = 1;
        for (Node part : parts) {
            all *= of(part);
        }
        return all;
    }

    private static double none(List<Node> parts) {
        double none = 1;
        for (Node part : parts) {
            none *= 1 - of(part);
        }
        return none;
    }

    private static double of(Source source, Match match) {
        return switch (match) {
            case Match.Other other -> 1 - of(source, other.match());
            case Match.AmongTexts among ->
                    isKind(source) ? HALF : Math.min(HALF, SELDOM + among.texts().size() / 2000.0);
            case Match.NumberOrder order ->
                    switch (order.operator()) {
                        case EQ -> 0.3;
                        case NE -> 0.7;
                        default -> HALF;
                    };
            case Match.AmongNumbers a -> 0.2;
            case Match.AmongAddresses a -> 0.1;
            case Match.InNetworks n -> 0.2;
            case Match.TextOrder t -> HALF;
            case Match.DoubleOrder d -> HALF;
            case Match.Contains c -> SELDOM;
            case Match.StartsWith s -> SELDOM;
            case Match.EndsWith e -> SELDOM;
            case Match.Glob g -> 0.1;
            case Match.Regex r -> 0.1;
            case Match.UnderPath u -> 0.1;
        };
    }

    /** Fields with a handful of values, of which rules name the common ones. */
    private static boolean isKind(Source source) {
        return source instanceof Source.OfField field && isKind(field.use());
    }

    private static boolean isKind(FieldUse use) {
        return switch (use.field().name()) {
            case "fd.typechar",
                    "fd.type",
                    "evt.res",
                    "evt.dir",
                    "evt.category",
                    "fd.l4proto",
                    "container.id",
                    "fd.sockfamily",
                    "user.name",
                    "evt.type" ->
                    true;
            default -> false;
        };
    }
}
