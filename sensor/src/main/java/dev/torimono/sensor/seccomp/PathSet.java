// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.seccomp;

import dev.torimono.model.Interest;
import dev.torimono.model.Text;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** The paths of an {@link Interest}, as bytes. Immutable. */
final class PathSet {
    private final Set<Text> exact;
    private final Set<Text> directories;
    private final Set<Text> names;
    private final byte[][] prefixes;
    private final byte[][] fragments;

    private PathSet(Interest.Paths paths) {
        exact = texts(paths.exact());
        directories = texts(paths.directories());
        names = texts(paths.names());
        prefixes = bytes(paths.prefixes());
        fragments = bytes(paths.fragments());
    }

    static PathSet of(Interest.Paths paths) {
        return new PathSet(paths);
    }

    private static Set<Text> texts(Collection<String> strings) {
        Set<Text> texts = new HashSet<>();
        strings.forEach(each -> texts.add(Text.of(each)));
        return texts;
    }

    private static byte[][] bytes(Collection<String> strings) {
        return strings.stream().map(each -> Text.of(each).array()).toArray(byte[][]::new);
    }

    /** Whether any part admits it. */
    boolean has(Text path) {
        byte[] bytes = path.array();
        for (byte[] each : prefixes) {
            if (at(bytes, 0, each)) {
                return true;
            }
        }
        int slash = lastSlash(bytes);
        return exact.contains(path)
                || (!names.isEmpty()
                        && names.contains(Text.of(bytes, slash + 1, bytes.length - slash - 1)))
                || (!directories.isEmpty() && inDirectory(bytes, slash))
                || hasFragment(bytes);
    }

    /** What lies in the root is in {@code /}, though nothing stands before its last slash. */
    private boolean inDirectory(byte[] path, int slash) {
        return slash >= 0 && directories.contains(Text.of(path, 0, Math.max(slash, 1)));
    }

    private static int lastSlash(byte[] path) {
        int at = path.length - 1;
        while (at >= 0 && path[at] != '/') {
            at--;
        }
        return at;
    }

    private boolean hasFragment(byte[] path) {
        for (byte[] each : fragments) {
            for (int from = 0; from + each.length <= path.length; from++) {
                if (path[from] == each[0] && at(path, from, each)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean at(byte[] path, int from, byte[] part) {
        return from + part.length <= path.length
                && java.util.Arrays.equals(path, from, from + part.length, part, 0, part.length);
    }
}
