// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.model;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One type of the event schema: what its parameters are and what kind of activity it tells of.
 * Identity is the code of the .scap format; instances are shared and compared by reference.
 */
public final class EventType {
    /** What the schema says of a type beyond its parameters. */
    public enum Trait {
        CREATES_FD,
        USES_FD,
        DESTROYS_FD,
        READS_FROM_FD,
        WRITES_TO_FD,
        MODIFIES_STATE,
        WAITS,
        UNUSED,
        SKIP_PARSE_RESET,
        OLD_VERSION,
        CONVERTER_MANAGED,
        /** Parameter lengths are u32 instead of u16 on the wire. */
        LARGE_PAYLOAD;

        static Trait of(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT));
        }
    }

    private final int code;
    private final String symbol;
    private final String name;
    private final boolean exit;
    private final String category;
    private final @Nullable String origin;
    private final Set<Trait> traits;
    private final boolean largePayload;
    private final Param[] params;

    EventType(
            int code,
            String symbol,
            String name,
            boolean exit,
            String category,
            @Nullable String origin,
            EnumSet<Trait> traits,
            List<Param> params) {
        this.code = code;
        this.symbol = symbol;
        this.name = name;
        this.exit = exit;
        this.category = category;
        this.origin = origin;
        this.traits = Set.copyOf(traits);
        this.largePayload = traits.contains(Trait.LARGE_PAYLOAD);
        this.params = params.toArray(Param[]::new);
    }

    /** The type of a code, or null for a code newer than this schema. */
    public static @Nullable EventType of(int code) {
        return EventSchema.TABLE.byCode(code);
    }

    /**
     * The type of a symbol such as {@code SYSCALL_EXECVE_19_X}.
     *
     * @throws IllegalArgumentException for an unknown symbol, which is a programming error
     */
    public static EventType symbol(String symbol) {
        return EventSchema.TABLE.bySymbol(symbol);
    }

    /** Every type, ordered by code. */
    public static List<EventType> all() {
        return EventSchema.TABLE.types();
    }

    /** Number of known codes; every code is below it. */
    public static int count() {
        return EventSchema.TABLE.types().size();
    }

    public int code() {
        return code;
    }

    public String symbol() {
        return symbol;
    }

    /** Falco's {@code evt.type}; several types share a name. */
    public String name() {
        return name;
    }

    public boolean isExit() {
        return exit;
    }

    /** Falco's {@code evt.category}. */
    public String category() {
        return category;
    }

    /**
     * {@code syscall}, {@code tracepoint}, {@code metaevent}, {@code plugin}, {@code iter} or null.
     */
    public @Nullable String origin() {
        return origin;
    }

    public boolean has(Trait trait) {
        return traits.contains(trait);
    }

    public boolean largePayload() {
        return largePayload;
    }

    public int paramCount() {
        return params.length;
    }

    public Param param(int index) {
        return params[index];
    }

    /** Index of the parameter of that name, or -1. */
    public int paramIndex(String paramName) {
        return paramIndex(paramName, 0);
    }

    /** The same, found soonest where it stands at {@code likely} or soon behind it. */
    int paramIndex(String paramName, int likely) {
        for (int i = 0; i < params.length; i++) {
            int at = likely + i < params.length ? likely + i : likely + i - params.length;
            if (params[at].name().equals(paramName)) {
                return at;
            }
        }
        return -1;
    }

    @Override
    public String toString() {
        return symbol;
    }
}
