// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.plan;

import dev.torimono.model.Text;
import dev.torimono.rules.field.Glob;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Paths as a tree of components: a text matches when some path of the set is the whole of it or a
 * prefix that ends at a component. Empty components count for nothing.
 */
final class PathSet {
    private final List<Text> paths;
    private final Step root = new Step();

    private static final class Step {
        private final Map<Text, Step> names = new HashMap<>();
        private final List<Glob> globs = new ArrayList<>();
        private final List<Step> globSteps = new ArrayList<>();
        private final Map<Text, Step> byPattern = new HashMap<>();
        private boolean end;
    }

    PathSet(List<Text> paths) {
        this.paths = paths.stream().sorted().distinct().toList();
        for (Text path : this.paths) {
            add(path);
        }
    }

    private void add(Text path) {
        Step at = root;
        int start = 0;
        for (int i = 0; i <= path.length(); i++) {
            if (i == path.length() || path.at(i) == '/') {
                if (i > start) {
                    at = step(at, Text.of(path.array(), start, i - start));
                }
                start = i + 1;
            }
        }
        at.end = true;
    }

    private static Step step(Step from, Text component) {
        if (!isGlob(component)) {
            return from.names.computeIfAbsent(component, name -> new Step());
        }
        return from.byPattern.computeIfAbsent(
                component,
                pattern -> {
                    Step step = new Step();
                    from.globs.add(new Glob(pattern, false));
                    from.globSteps.add(step);
                    return step;
                });
    }

    private static boolean isGlob(Text component) {
        for (int i = 0; i < component.length(); i++) {
            byte b = component.at(i);
            if (b == '*' || b == '?' || b == '[' || b == '\\') {
                return true;
            }
        }
        return false;
    }

    boolean matches(byte[] bytes, int from, int length) {
        return matches(root, bytes, from, from + length);
    }

    private static boolean matches(Step step, byte[] bytes, int from, int end) {
        if (step.end) {
            return true;
        }
        int start = from;
        while (start < end && bytes[start] == '/') {
            start++;
        }
        if (start == end) {
            return false;
        }
        int stop = start;
        while (stop < end && bytes[stop] != '/') {
            stop++;
        }
        Step next = find(step, bytes, start, stop - start);
        if (next != null && matches(next, bytes, stop, end)) {
            return true;
        }
        for (int i = 0; i < step.globs.size(); i++) {
            if (step.globs.get(i).matches(bytes, start, stop - start)
                    && matches(step.globSteps.get(i), bytes, stop, end)) {
                return true;
            }
        }
        return false;
    }

    /** Looks a component up without making a key of it. */
    private static @Nullable Step find(Step step, byte[] bytes, int from, int length) {
        for (Map.Entry<Text, Step> entry : step.names.entrySet()) {
            if (entry.getKey().equalTo(bytes, from, length)) {
                return entry.getValue();
            }
        }
        return null;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PathSet set && paths.equals(set.paths);
    }

    @Override
    public int hashCode() {
        return paths.hashCode();
    }
}
