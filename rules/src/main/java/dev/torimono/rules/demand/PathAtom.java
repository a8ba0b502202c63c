// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.demand;

import dev.torimono.model.Interest;
import dev.torimono.rules.syntax.Expr;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a comparison says of the resolved path of an event's fd. */
final class PathAtom {
    private PathAtom() {}

    /** A comparison that holds; what does not bound the path admits everything. */
    static Regions regions(String field, Expr.Compare compare, List<String> values) {
        Set<String> exact = new HashSet<>();
        Set<String> prefixes = new HashSet<>();
        Set<String> directories = new HashSet<>();
        Set<String> names = new HashSet<>();
        Set<String> whole =
                switch (field) {
                    case "fd.directory" -> directories;
                    case "fd.filename" -> names;
                    default -> exact;
                };
        for (String value : values) {
            switch (compare.operator()) {
                case EQ, EQEQ, IN, INTERSECTS -> whole.add(value);
                case STARTSWITH -> {
                    if (field.equals("fd.filename") || value.isEmpty()) {
                        return Regions.EVERYTHING;
                    }
                    prefixes.add(value);
                }
                case PMATCH -> {
                    String prefix = literalPrefix("/" + stripSlashes(value));
                    if (field.equals("fd.filename")
                            || prefix.length() < 2
                            || value.contains("//")) {
                        return Regions.EVERYTHING;
                    }
                    prefixes.add(prefix);
                }
                case GLOB -> {
                    String prefix = literalPrefix(value);
                    if (field.equals("fd.filename") || prefix.length() < 2) {
                        return Regions.EVERYTHING;
                    }
                    prefixes.add(prefix);
                }
                case ENDSWITH -> {
                    int slash = value.lastIndexOf('/');
                    if (!field.equals("fd.name") || slash < 0 || slash == value.length() - 1) {
                        return Regions.EVERYTHING;
                    }
                    names.add(value.substring(slash + 1));
                }
                default -> {
                    return Regions.EVERYTHING;
                }
            }
        }
        Interest.Paths paths = new Interest.Paths(exact, prefixes, directories, names);
        return Regions.of(Region.everything().withPaths(paths));
    }

    /** Path comparison ignores slashes at either end: {@code /etc/} stands for {@code /etc} too. */
    private static String stripSlashes(String path) {
        int from = 0;
        int to = path.length();
        while (from < to && path.charAt(from) == '/') {
            from++;
        }
        while (to > from && path.charAt(to - 1) == '/') {
            to--;
        }
        return path.substring(from, to);
    }

    /** The part of a pattern before its first special character. */
    private static String literalPrefix(String pattern) {
        for (int i = 0; i < pattern.length(); i++) {
            if ("*?[\\".indexOf(pattern.charAt(i)) >= 0) {
                return pattern.substring(0, i);
            }
        }
        return pattern;
    }
}
