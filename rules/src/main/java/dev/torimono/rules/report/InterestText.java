// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.report;

import dev.torimono.model.EventType;
import dev.torimono.model.FdKind;
import dev.torimono.model.Interest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Says in words which events an interest admits; several lines only when it names many paths. */
public final class InterestText {
    private static final int MANY_TYPES = 40;
    private static final int WIDTH = 100;
    private static final String CONTINUED = "    ";

    private InterestText() {}

    /** One interest, as {@code open, openat: for writing: succeeded: kind file: named a, b}. */
    public static String of(Interest interest) {
        List<String> parts = new ArrayList<>();
        parts.add(types(interest));
        bits(parts, "opened ", interest.modes() & Interest.OPENED, Interest.OPENED, MODES);
        if ((interest.modes() & ~Interest.OPENED) == Interest.MAP_EXECUTABLE) {
            parts.add("mapped to be executed");
        }
        bits(parts, "", interest.outcomes(), Interest.ANY_OUTCOME, OUTCOMES);
        bits(parts, "", interest.places(), Interest.ANY_PLACE, PLACES);
        if (interest.kinds() != Interest.ANY_KIND) {
            parts.add("of kind " + kinds(interest.kinds()));
        }
        Interest.Paths paths = interest.paths();
        if (paths != null) {
            parts.add(paths(paths));
        }
        return wrap(String.join("; ", parts));
    }

    private static final List<String> MODES =
            List.of(
                    "neither for reading nor for writing",
                    "for reading",
                    "for writing",
                    "for both");
    private static final List<String> OUTCOMES = List.of("succeeded", "failed");
    private static final List<String> PLACES = List.of("on the host", "in a container");

    /** The current names; a rule that sees nearly everything is said to. */
    private static String types(Interest interest) {
        Set<String> names = new TreeSet<>();
        for (EventType type : EventType.all()) {
            boolean current =
                    !type.has(EventType.Trait.OLD_VERSION) && !type.has(EventType.Trait.UNUSED);
            if (current && interest.concerns(type)) {
                names.add(type.name());
            }
        }
        return names.size() > MANY_TYPES ? names.size() + " event types" : String.join(", ", names);
    }

    private static void bits(
            List<String> parts, String before, int mask, int any, List<String> words) {
        if (mask == any) {
            return;
        }
        List<String> named = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            if ((mask & 1 << i) != 0) {
                named.add(words.get(i));
            }
        }
        parts.add(before + String.join(" or ", named));
    }

    private static String kinds(int mask) {
        Set<String> names = new TreeSet<>();
        for (FdKind kind : FdKind.values()) {
            if ((mask & 1 << kind.code()) != 0) {
                names.add(kind.typeName() == null ? "unknown" : kind.typeName());
            }
        }
        return String.join(" or ", names);
    }

    private static String paths(Interest.Paths paths) {
        List<String> parts = new ArrayList<>();
        add(parts, "path ", "", paths.exact());
        add(parts, "path ", "*", paths.prefixes());
        add(parts, "in ", "", paths.directories());
        add(parts, "named ", "", paths.names());
        add(parts, "path with ", "", paths.fragments());
        return parts.isEmpty() ? "no path" : String.join(", or ", parts);
    }

    private static void add(List<String> parts, String word, String after, Collection<String> all) {
        if (!all.isEmpty()) {
            parts.add(
                    word
                            + all.stream()
                                    .sorted()
                                    .map(text -> text + after)
                                    .collect(Collectors.joining(", ")));
        }
    }

    private static String wrap(String line) {
        StringBuilder out = new StringBuilder();
        int from = 0;
        while (line.length() - from > WIDTH) {
            int at = line.lastIndexOf(' ', from + WIDTH);
            if (at <= from) {
                break;
            }
            out.append(line, from, at).append('\n').append(CONTINUED);
            from = at + 1;
        }
        return out.append(line, from, line.length()).toString();
    }
}
