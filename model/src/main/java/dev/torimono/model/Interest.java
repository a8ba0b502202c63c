// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.model;

import java.util.BitSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One way in which events can matter to the loaded rules: a conjunction over what a sensor can see.
 * An event matters when some interest admits it. A bit mask with all bits set, and null paths, mean
 * that the dimension does not matter.
 *
 * @param eventTypes codes of the event types it is about
 * @param modes how a file was opened: {@link #OPEN_OTHER} … {@link #OPEN_READ_WRITE}; and whether
 *     memory may be executed: {@link #MAP_PLAIN}, {@link #MAP_EXECUTABLE}; of all others it says
 *     nothing
 * @param outcomes {@link #SUCCEEDED}, {@link #FAILED}
 * @param places {@link #ON_HOST}, {@link #IN_CONTAINER}
 * @param kinds one bit per {@link FdKind} code of the object behind the event's fd
 * @param paths what the resolved path of an opened file must be; null when any will do
 */
public record Interest(
        BitSet eventTypes, int modes, int outcomes, int places, int kinds, @Nullable Paths paths) {
    public static final int OPEN_OTHER = 1;
    public static final int OPEN_READ = 1 << 1;
    public static final int OPEN_WRITE = 1 << 2;
    public static final int OPEN_READ_WRITE = 1 << 3;
    public static final int MAP_PLAIN = 1 << 4;
    public static final int MAP_EXECUTABLE = 1 << 5;

    /** Of those, the ways to open a file. */
    public static final int OPENED = 15;

    public static final int ANY_MODE = 63;

    public static final int SUCCEEDED = 1;
    public static final int FAILED = 1 << 1;
    public static final int ANY_OUTCOME = 3;

    public static final int ON_HOST = 1;
    public static final int IN_CONTAINER = 1 << 1;
    public static final int ANY_PLACE = 3;

    public static final int ANY_KIND = (1 << 22) - 1;

    /**
     * A set of paths; one is in it when any part admits it.
     *
     * @param exact whole paths
     * @param prefixes beginnings of paths, as bytes: not necessarily whole components
     * @param directories all before the last slash
     * @param names all after the last slash
     * @param fragments what a path has somewhere in it, each of at least {@link #FRAGMENT_BYTES}
     */
    public record Paths(
            Set<String> exact,
            Set<String> prefixes,
            Set<String> directories,
            Set<String> names,
            Set<String> fragments) {
        /** Shorter fragments are in too many paths to be worth looking for. */
        public static final int FRAGMENT_BYTES = 4;

        public Paths {
            exact = Set.copyOf(exact);
            prefixes = Set.copyOf(prefixes);
            directories = Set.copyOf(directories);
            names = Set.copyOf(names);
            fragments = Set.copyOf(fragments);
        }

        /** How many things it names. */
        public int size() {
            return exact.size()
                    + prefixes.size()
                    + directories.size()
                    + names.size()
                    + fragments.size();
        }
    }

    public Interest {
        eventTypes = (BitSet) eventTypes.clone();
    }

    @Override
    public BitSet eventTypes() {
        return (BitSet) eventTypes.clone();
    }

    public boolean concerns(EventType type) {
        return eventTypes.get(type.code());
    }

    /** Whether nothing can ever satisfy it. */
    public boolean isImpossible() {
        return eventTypes.isEmpty()
                || modes == 0
                || outcomes == 0
                || places == 0
                || kinds == 0
                || (paths != null && paths.size() == 0);
    }
}
