// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.seccomp;

import dev.torimono.model.Demand;
import dev.torimono.model.EventType;
import dev.torimono.model.FdKind;
import dev.torimono.model.Interest;
import dev.torimono.model.Text;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the rules want of calls that wait. What nobody wants is answered as soon as that is known,
 * without a record and without a look at who calls. Never narrower than the demand. Immutable.
 */
final class Wanted {
    /** Nothing but what is always told. */
    static final Wanted NOTHING = new Wanted(new Demand(new BitSet(), false));

    private record One(int modes, int outcomes, int kinds, @Nullable PathSet paths) {}

    private final BitSet types;

    /** By code of the type; empty for one that is wanted whole. */
    private final One[][] narrowed = new One[EventType.count()][0];

    Wanted(Demand demand) {
        types = demand.eventTypes();
        for (int code = types.nextSetBit(0); code >= 0; code = types.nextSetBit(code + 1)) {
            List<One> ones = new ArrayList<>();
            for (Interest each : demand.interests()) {
                if (each.eventTypes().get(code)) {
                    Interest.Paths paths = each.paths();
                    PathSet set = paths == null ? null : PathSet.of(paths);
                    ones.add(new One(each.modes(), each.outcomes(), each.kinds(), set));
                }
            }
            narrowed[code] = ones.toArray(One[]::new);
        }
    }

    /** Whether some rule wants to see files that are opened for reading. */
    static boolean readOpens(Demand demand) {
        int reading = Interest.OPEN_READ | Interest.OPEN_OTHER;
        return demand.interests().stream()
                .filter(each -> (each.modes() & reading) != 0)
                .flatMapToInt(each -> each.eventTypes().stream())
                .anyMatch(Wanted::isOpen);
    }

    /** Which opens have to wait for the rules to see what they want. */
    static WaitingOpens opens(Demand demand) {
        WaitingOpens most = WaitingOpens.WRITES;
        for (NotifiedCall call : NotifiedCall.ALL) {
            // The others wait in any case.
            if (FilterProgram.flagsArgument(call) >= 0 && demand.wants(call.type())) {
                WaitingOpens these = opens(demand, call.type());
                most = these.compareTo(most) > 0 ? these : most;
            }
        }
        return most;
    }

    private static WaitingOpens opens(Demand demand, EventType type) {
        List<Interest> all =
                demand.interests().stream().filter(each -> each.concerns(type)).toList();
        List<Interest> reading =
                all.stream().filter(each -> (each.modes() & Interest.OPEN_READ) != 0).toList();
        // Of what a failed open was to be nothing is said.
        boolean folders =
                reading.stream()
                        .anyMatch(
                                each ->
                                        (each.kinds() & 1 << FdKind.DIRECTORY.code()) != 0
                                                || (each.outcomes() & Interest.FAILED) != 0);
        return all.isEmpty() || folders
                ? WaitingOpens.ALL
                : reading.isEmpty() ? WaitingOpens.WRITES : WaitingOpens.FILES;
    }

    private static boolean isOpen(int code) {
        return NotifiedCall.ALL.stream()
                .anyMatch(call -> call.isOpen() && call.type().code() == code);
    }

    /**
     * Whether an open is to be told.
     *
     * @param mode the two low bits of its portable flags
     * @param path where it leads
     */
    boolean open(EventType type, int mode, boolean succeeds, Text path) {
        if (!types.get(type.code())) {
            return false;
        }
        One[] ones = narrowed[type.code()];
        if (ones.length == 0) {
            return true;
        }
        int outcome = succeeds ? Interest.SUCCEEDED : Interest.FAILED;
        for (One each : ones) {
            PathSet paths = each.paths();
            if ((each.modes() >> mode & 1) != 0
                    && (each.outcomes() & outcome) != 0
                    && (paths == null || paths.has(path))) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether a call on an fd is to be told.
     *
     * @param kinds one bit for each {@link dev.torimono.model.FdKind} that it may be
     */
    boolean fd(EventType type, int kinds) {
        if (!types.get(type.code())) {
            return false;
        }
        One[] ones = narrowed[type.code()];
        if (ones.length == 0) {
            return true;
        }
        for (One each : ones) {
            if ((each.kinds() & kinds) != 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether any of a type is to be told that ends so. */
    boolean ends(EventType type, boolean succeeds) {
        if (!types.get(type.code())) {
            return false;
        }
        int outcome = succeeds ? Interest.SUCCEEDED : Interest.FAILED;
        boolean wanted = narrowed[type.code()].length == 0;
        for (One each : narrowed[type.code()]) {
            wanted |= (each.outcomes() & outcome) != 0;
        }
        return wanted;
    }

    /** Whether anything of a type is to be told. */
    boolean any(EventType type) {
        return types.get(type.code());
    }
}
