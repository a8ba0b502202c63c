// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.demand;

import dev.torimono.model.Interest;
import dev.torimono.rules.syntax.Expr;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a comparison says of the resolved path of an event's fd. */
final class PathAtom {
    private final String field;
    private final Set<String> exact = new HashSet<>();
    private final Set<String> prefixes = new HashSet<>();
    private final Set<String> directories = new HashSet<>();
    private final Set<String> names = new HashSet<>();
    private final Set<String> fragments = new HashSet<>();

    private PathAtom(String field) {
        this.field = field;
    }

    /** A comparison that holds; what does not bound the path admits everything. */
    static Regions regions(String field, Expr.Compare compare, List<String> values) {
        PathAtom atom = new PathAtom(field);
        for (String value : values) {
            if (!atom.add(compare, value)) {
                return Regions.EVERYTHING;
            }
        }
        return Regions.of(Region.everything().withPaths(atom.paths()));
    }

    private Interest.Paths paths() {
        return new Interest.Paths(exact, prefixes, directories, names, fragments);
    }

    /** Adds what admits every path that satisfies the comparison; false when nothing does. */
    private boolean add(Expr.Compare compare, String value) {
        return switch (compare.operator()) {
            case EQ, EQEQ, IN, INTERSECTS -> whole(value);
            case STARTSWITH -> prefix(value, 1);
            case PMATCH ->
                    !value.contains("//") && prefix(literalPrefix("/" + stripSlashes(value)), 2);
            case GLOB -> prefix(literalPrefix(value), 2);
            case ENDSWITH -> ending(value);
            case CONTAINS -> fragment(value);
            default -> false;
        };
    }

    private boolean whole(String value) {
        switch (field) {
            case "fd.directory" -> {
                directories.add(value);
                // Of an open directory it is the directory itself.
                exact.add(value);
            }
            case "fd.filename" -> names.add(value);
            default -> exact.add(value);
        }
        return true;
    }

    private boolean prefix(String value, int atLeast) {
        if (field.equals("fd.filename") || value.length() < atLeast) {
            return false;
        }
        prefixes.add(value);
        return true;
    }

    private boolean ending(String value) {
        int slash = value.lastIndexOf('/');
        if (!field.equals("fd.name") || slash < 0 || slash == value.length() - 1) {
            return fragment(value);
        }
        names.add(value.substring(slash + 1));
        return true;
    }

    /** File and directory are parts of the path, so what they contain it contains. */
    private boolean fragment(String value) {
        if (value.getBytes(StandardCharsets.UTF_8).length < Interest.Paths.FRAGMENT_BYTES) {
            return false;
        }
        fragments.add(value);
        return true;
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
