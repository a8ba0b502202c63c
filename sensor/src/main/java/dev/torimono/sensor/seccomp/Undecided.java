// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.seccomp;

import dev.torimono.model.EventSource.Sink;
import java.util.ArrayList;
import java.util.List;

/**
 * Execs whose judge has to know more first, such as what their container is called: they wait on,
 * unanswered, and are judged again. How long is the judge's affair. One thread.
 */
final class Undecided {
    private static final int MOST = 256;

    private record One(Session session, Notification call) {}

    private List<One> ones = new ArrayList<>();

    /** Keeps one; false when there is no room. */
    boolean keep(Session session, Notification call) {
        if (ones.size() >= MOST) {
            return false;
        }
        Notification copy = new Notification();
        copy.copy(call);
        ones.add(new One(session, copy));
        return true;
    }

    boolean isEmpty() {
        return ones.isEmpty();
    }

    /** Has each judged again; the number of events. */
    int again(CallTeller teller, Sink sink) {
        if (ones.isEmpty()) {
            return 0;
        }
        List<One> now = ones;
        ones = new ArrayList<>();
        int told = 0;
        for (One each : now) {
            told += teller.tell(each.session(), each.call(), sink);
        }
        return told;
    }
}
