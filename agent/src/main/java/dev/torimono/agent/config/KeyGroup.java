// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.config;

import dev.torimono.rules.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keys of one concern, in the order in which they are declared. */
final class KeyGroup {
    static final long TIB = 1L << 40;

    private final List<Key<?>> keys = new ArrayList<>();

    List<Key<?>> keys() {
        return List.copyOf(keys);
    }

    <T> Key<T> key(String name, Kind<T> kind, T fallback, String meaning, String... aliases) {
        Key<T> key = new Key<>(name, kind, fallback, shown(fallback), meaning, List.of(aliases));
        keys.add(key);
        return key;
    }

    Key<String> text(String name, String fallback, String meaning) {
        return key(name, Kind.TEXT, fallback, meaning);
    }

    Key<Boolean> flag(String name, boolean fallback, String meaning) {
        return key(name, Kind.FLAG, fallback, meaning);
    }

    Key<Long> whole(String name, long fallback, long min, long max, String meaning) {
        return key(name, Kind.whole(min, max), fallback, meaning);
    }

    /** Sizes the kernel takes: powers of two. */
    Key<Long> ring(String name, int fallback, String what) {
        return key(
                name,
                Kind.parsed("a power of two from 65536 to 1073741824", KeyGroup::powerOfTwo),
                (long) fallback,
                "kernel's buffer for " + what);
    }

    private static @Nullable Long powerOfTwo(String text) {
        try {
            long value = Long.parseLong(text);
            return Long.bitCount(value) == 1 && value >= 1 << 16 && value <= 1 << 30 ? value : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static String shown(Object fallback) {
        return switch (fallback) {
            case Enum<?> word -> word.name().toLowerCase(Locale.ROOT);
            case List<?> list when list.isEmpty() -> "[]";
            case List<?> list -> String.join(",", list.stream().map(String::valueOf).toList());
            case Map<?, ?> map when map.isEmpty() -> "{}";
            case Selection selection when selection.steps().isEmpty() -> "[]";
            default -> fallback.toString();
        };
    }
}
