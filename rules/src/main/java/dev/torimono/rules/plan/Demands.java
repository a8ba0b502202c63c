// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What conditions demand: parts that must each hold for the whole to hold. */
final class Demands {
    private Demands() {}

    /** The parts of a condition, each once, without the conjunctions around them. */
    static Set<Node> of(Node condition) {
        Set<Node> demands = new LinkedHashSet<>();
        add(condition, true, demands);
        return demands;
    }

    private static void add(Node node, boolean holds, Set<Node> demands) {
        switch (node) {
            case Node.All all when holds -> all.parts().forEach(part -> add(part, true, demands));
            case Node.Any any when !holds -> any.parts().forEach(part -> add(part, false, demands));
            case Node.Not not -> add(not.part(), !holds, demands);
            case Node.Constant constant when constant.value() == holds -> {}
            default -> demands.add(holds ? node : new Node.Not(node));
        }
    }

    /** The conjunction of some parts. */
    static Node all(Collection<Node> parts) {
        return parts.isEmpty()
                ? Node.TRUE
                : parts.size() == 1
                        ? parts.iterator().next()
                        : new Node.All(new ArrayList<>(parts));
    }

    /** The one field whose text decides a part, with an fd's kind; null when other things do. */
    static @Nullable Source text(Node node) {
        Set<Source> sources = new LinkedHashSet<>();
        return isOfTexts(node, sources) && sources.size() == 1 ? sources.iterator().next() : null;
    }

    /**
     * What must hold of one field's text for a part to hold that other things decide too; null when
     * nothing need hold of it. {@code (a & b) | (c & d)} cannot hold unless {@code a | c} does.
     */
    static @Nullable Node implied(Node node, Source source) {
        return source.equals(text(node)) ? node : impliedByParts(node, source, true);
    }

    private static @Nullable Node implied(Node node, Source source, boolean holds) {
        return source.equals(text(node))
                ? holds ? node : new Node.Not(node)
                : impliedByParts(node, source, holds);
    }

    private static @Nullable Node impliedByParts(Node node, Source source, boolean holds) {
        return switch (node) {
            case Node.All all -> combined(all.parts(), source, holds, holds);
            case Node.Any any -> combined(any.parts(), source, holds, !holds);
            case Node.Not not -> implied(not.part(), source, !holds);
            case Node.One o -> null;
            case Node.Constant c -> null;
            case Node.Present p -> null;
            case Node.Pair p -> null;
            case Node.Test t -> null;
        };
    }

    private static @Nullable Node combined(
            List<Node> parts, Source source, boolean holds, boolean every) {
        List<Node> found = new ArrayList<>();
        for (Node part : parts) {
            Node implied = implied(part, source, holds);
            if (implied != null) {
                found.add(implied);
            } else if (!every) {
                return null;
            }
        }
        return found.isEmpty() ? null : every ? all(found) : new Node.Any(found);
    }

    /** The fields whose texts are looked at anywhere in a part. */
    static Set<Source> texts(Node node) {
        Set<Source> sources = new LinkedHashSet<>();
        collectTexts(node, sources);
        return sources;
    }

    private static void collectTexts(Node node, Set<Source> sources) {
        switch (node) {
            case Node.All all -> all.parts().forEach(part -> collectTexts(part, sources));
            case Node.Any any -> any.parts().forEach(part -> collectTexts(part, sources));
            case Node.Not not -> collectTexts(not.part(), sources);
            case Node.Test test -> {
                Source source = text(test);
                if (source != null) {
                    sources.add(source);
                }
            }
            case Node.One o -> {}
            case Node.Constant c -> {}
            case Node.Present p -> {}
            case Node.Pair p -> {}
        }
    }

    private static boolean isOfTexts(Node node, Set<Source> sources) {
        return switch (node) {
            case Node.All all -> areOfTexts(all.parts(), sources);
            case Node.Any any -> areOfTexts(any.parts(), sources);
            case Node.One one -> areOfTexts(one.parts(), sources);
            case Node.Not not -> isOfTexts(not.part(), sources);
            case Node.Constant constant -> true;
            case Node.Present present -> false;
            case Node.Pair pair -> false;
            case Node.Test test -> {
                sources.add(FdName.deciding(test.source()));
                yield test.source().several() == Source.Several.NO && isOfText(test.match());
            }
        };
    }

    private static boolean areOfTexts(List<Node> parts, Set<Source> sources) {
        for (Node part : parts) {
            if (!isOfTexts(part, sources)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isOfText(Match match) {
        return switch (match) {
            case Match.Other other -> isOfText(other.match());
            case Match.AmongTexts m -> true;
            case Match.TextOrder m -> true;
            case Match.Contains m -> true;
            case Match.StartsWith m -> true;
            case Match.EndsWith m -> true;
            case Match.Glob m -> true;
            case Match.Regex m -> true;
            case Match.UnderPath m -> true;
            case Match.AmongAddresses m -> true;
            case Match.InNetworks m -> true;
            case Match.NumberOrder m -> false;
            case Match.AmongNumbers m -> false;
            case Match.DoubleOrder m -> false;
        };
    }
}
