// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.field;

import dev.torimono.model.FlagSet;
import dev.torimono.model.ParamType;
import dev.torimono.model.Text;
import java.util.IdentityHashMap;

/** Names of the bits of one flags parameter, ready for printing. */
final class Flags {
    private static final IdentityHashMap<FlagSet, Flags> KNOWN = new IdentityHashMap<>();

    private final Text[] names;
    private final long[] values;

    private Flags(FlagSet set) {
        names = set.values().keySet().stream().map(Text::of).toArray(Text[]::new);
        values = set.values().values().stream().mapToLong(Long::longValue).toArray();
    }

    static synchronized Flags of(FlagSet set) {
        return KNOWN.computeIfAbsent(set, Flags::new);
    }

    /** Appends the names of what is set, separated by bars; false when there is none to name. */
    boolean append(Value value, long bits, boolean enumeration) {
        int start = value.written();
        long rest = bits;
        for (int i = 0; i < values.length; i++) {
            boolean set;
            if (enumeration || values[i] == 0) {
                set = bits == values[i];
            } else {
                set = (rest & values[i]) == values[i];
            }
            if (set) {
                if (value.written() > start) {
                    value.append('|');
                }
                value.append(names[i]);
                if (!enumeration) {
                    rest &= ~values[i];
                }
            }
        }
        return value.written() > start;
    }

    static boolean isEnumeration(ParamType type) {
        return switch (type) {
            case ENUMFLAGS8, ENUMFLAGS16, ENUMFLAGS32 -> true;
            default -> false;
        };
    }
}
