// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.activity;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * The deeds of everybody of late, for trees that will alert. Bounded; files and connections have
 * room of their own, so that they cannot push out who was executed. One thread.
 */
final class RecentDeeds {
    static final long KEPT_NS = TimeUnit.MINUTES.toNanos(5);
    private static final int MOST_OF_LIFE = 8192;
    private static final int MOST_OTHERS = 4096;

    private final ArrayDeque<Deed> life = new ArrayDeque<>();
    private final ArrayDeque<Deed> others = new ArrayDeque<>();

    void add(Deed deed) {
        boolean ofLife = Deeds.lifecycle().contains(deed.kind());
        ArrayDeque<Deed> kept = ofLife ? life : others;
        kept.add(deed);
        if (kept.size() > (ofLife ? MOST_OF_LIFE : MOST_OTHERS)) {
            kept.remove();
        }
    }

    /** Lets go of what is too old: a task that ended stays reachable from here. */
    void forgetBefore(long timeNs) {
        forget(life, timeNs);
        forget(others, timeNs);
    }

    private static void forget(ArrayDeque<Deed> kept, long timeNs) {
        while (!kept.isEmpty() && kept.getFirst().timeNs() < timeNs) {
            kept.remove();
        }
    }

    /** Those that somebody wants, oldest first of each kind. */
    List<Deed> of(Predicate<Deed> wanted) {
        List<Deed> found = new ArrayList<>();
        life.stream().filter(wanted).forEach(found::add);
        others.stream().filter(wanted).forEach(found::add);
        return found;
    }
}
