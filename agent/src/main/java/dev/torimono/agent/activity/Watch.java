// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.activity;

import dev.torimono.agent.activity.Deed.Kind;
import dev.torimono.model.Ancestor;
import dev.torimono.model.Task;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One tree that is looked at for a while: what it did and was not told yet, and how much of it will
 * not be told. The same file written again by the same process counts instead of being told again.
 * One thread.
 */
final class Watch {
    /** Enough for a person to look at. */
    private static final int BUDGET_A_MINUTE = 600;

    private static final long MINUTE_NS = 60_000_000_000L;

    private final Function<Deed, Ancestor> describe;
    private final Map<String, Line> lines = new LinkedHashMap<>();
    private final Map<String, Long> leftOut = new TreeMap<>();
    private final Map<Task, Long> known = new HashMap<>();
    private long untilNs;
    private long minuteNs;
    private int told;

    /** Something told: the deed, with who did it as it was then. */
    record Line(Deed deed, Ancestor who, @Nullable Ancestor parent, long count) {}

    Watch(Function<Deed, Ancestor> describe, long untilNs) {
        this.describe = describe;
        this.untilNs = untilNs;
    }

    void extend(long toNs) {
        untilNs = Math.max(untilNs, toNs);
    }

    boolean isOver(long nowNs) {
        return nowNs > untilNs;
    }

    void add(Deed deed) {
        if (deed.kind() == Kind.PROCESS && known.containsKey(deed.task())) {
            return;
        }
        String key = key(deed);
        Line line = lines.get(key);
        if (line != null) {
            lines.put(key, new Line(line.deed(), line.who(), line.parent(), line.count() + 1));
            return;
        }
        if (deed.timeNs() / MINUTE_NS != minuteNs) {
            minuteNs = deed.timeNs() / MINUTE_NS;
            told = 0;
        }
        if (told >= BUDGET_A_MINUTE) {
            leftOut.merge(deed.kind().counted(), 1L, Long::sum);
            return;
        }
        told++;
        known.put(deed.task(), deed.timeNs());
        Task parent = deed.task().ancestor(1);
        Ancestor of =
                parent == null
                        ? null
                        : describe.apply(Deed.of(Kind.PROCESS, deed.timeNs(), parent));
        lines.put(key, new Line(deed, describe.apply(deed), of, 1));
    }

    private static String key(Deed deed) {
        Task task = deed.task();
        String who = deed.kind() + " " + task.pid() + " " + task.startNs() + " ";
        return Deeds.lifecycle().contains(deed.kind())
                ? who + deed.timeNs()
                : who + deed.incoming() + deed.detail();
    }

    boolean hasNews() {
        return !lines.isEmpty() || !leftOut.isEmpty();
    }

    /** Takes what there is to tell. */
    List<Line> take() {
        List<Line> taken = new ArrayList<>(lines.values());
        lines.clear();
        return taken;
    }

    /** Takes how much was left out, by kind. */
    Map<String, Long> takeLeftOut() {
        Map<String, Long> taken = new TreeMap<>(leftOut);
        leftOut.clear();
        return taken;
    }
}
