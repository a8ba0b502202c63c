// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.drift;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Paths as drift policies list them: whole paths, folders (ending in a slash) with all below them,
 * or regular expressions that must match the whole path. Immutable.
 */
public final class PathSet {
    public static final PathSet EMPTY = new PathSet(Set.of(), List.of(), List.of());

    private final Set<String> paths;
    private final List<String> folders;
    private final List<Pattern> patterns;

    private PathSet(Set<String> paths, List<String> folders, List<Pattern> patterns) {
        this.paths = Set.copyOf(paths);
        this.folders = List.copyOf(folders);
        this.patterns = List.copyOf(patterns);
    }

    /** Of paths and folders. */
    public static PathSet of(List<String> items) {
        Set<String> paths = new HashSet<>();
        List<String> folders = new ArrayList<>();
        for (String item : items) {
            if (item.endsWith("/")) {
                folders.add(item);
            } else {
                paths.add(item);
            }
        }
        return new PathSet(paths, folders, List.of());
    }

    /**
     * Of regular expressions.
     *
     * @throws PatternSyntaxException for the first that is none
     */
    public static PathSet ofPatterns(List<String> items) {
        return new PathSet(
                Set.of(),
                List.of(),
                items.stream().map(item -> Pattern.compile(item, Pattern.DOTALL)).toList());
    }

    /** Whole paths; empty unless there is nothing but such. */
    public Set<String> onlyPaths() {
        return folders.isEmpty() && patterns.isEmpty() ? paths : Set.of();
    }

    public boolean isEmpty() {
        return paths.isEmpty() && folders.isEmpty() && patterns.isEmpty();
    }

    public boolean contains(String path) {
        if (paths.contains(path)) {
            return true;
        }
        for (String folder : folders) {
            if (path.startsWith(folder)) {
                return true;
            }
        }
        for (Pattern pattern : patterns) {
            if (pattern.matches(path)) {
                return true;
            }
        }
        return false;
    }
}
