// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.forward;

import dev.torimono.collector.event.BadJsonException;
import dev.torimono.collector.forward.Cursors.Cursor;
import dev.torimono.collector.query.Filter;
import dev.torimono.collector.state.StateException;
import dev.torimono.collector.store.ArrivalPage;
import dev.torimono.collector.store.EventStore;
import dev.torimono.collector.store.StoreException;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One forwarder at work, on a thread of its own: reads on in the store, hands over, notes how far
 * it has come, and does so again.
 */
final class Forwarding implements AutoCloseable {
    private static final long IDLE_MS = 500;
    private static final long FIRST_PAUSE_MS = 1000;
    private static final long MAX_PAUSE_MS = 60_000;
    private static final long NOTE_MS = 10_000;
    private static final Duration END = Duration.ofSeconds(10);
    private static final System.Logger LOG = System.getLogger("torimono.forward");

    /** Makes a target of its own for this forwarder. */
    @FunctionalInterface
    interface Opening {
        Target open() throws IOException;
    }

    private final long id;
    private final String name;
    private final Filter filter;
    private final Opening opening;
    private final EventStore store;
    private final Cursors cursors;
    private final InstantSource clock;
    private final Object noting = new Object();
    private final Thread thread;
    private @Nullable Target target;
    private volatile Cursor cursor;
    private volatile String lastError = "";
    private volatile boolean closing;
    private long pauseMs = FIRST_PAUSE_MS;
    private long notedMs;

    Forwarding(
            long id,
            String name,
            Filter filter,
            Cursor from,
            Opening opening,
            EventStore store,
            Cursors cursors,
            InstantSource clock) {
        this.id = id;
        this.name = name;
        this.filter = filter;
        this.cursor = from;
        this.opening = opening;
        this.store = store;
        this.cursors = cursors;
        this.clock = clock;
        this.notedMs = clock.millis();
        this.thread = Thread.ofPlatform().daemon().name("forward-" + id).start(this::run);
    }

    private void run() {
        try {
            while (!closing) {
                if (!step()) {
                    Thread.sleep(IDLE_MS);
                }
            }
        } catch (InterruptedException e) {
            // Closed: what was under way was not noted, and comes again.
            Thread.currentThread().interrupt();
        } finally {
            closeTarget();
        }
    }

    /** False when there is nothing to do for now. */
    private boolean step() throws InterruptedException {
        try {
            Target to = target;
            if (to == null) {
                to = opening.open();
                target = to;
            }
            ArrivalPage page = store.arrived(cursor.arrival(), filter, to.together());
            if (page.events().isEmpty()) {
                passed(page.upTo());
                return false;
            }
            List<Shipment> events = page.events().stream().map(Shipment::of).toList();
            Outcome outcome = hand(to, events);
            if (outcome.taken() == 0) {
                // Whoever refuses everything is set up wrongly: nothing is given up for that.
                throw new IOException(outcome.why());
            }
            synchronized (noting) {
                note(cursor.took(page.upTo(), outcome.taken(), outcome.refused(), clock.millis()));
            }
            worked(outcome);
            return true;
        } catch (IOException | StoreException | StateException | BadJsonException e) {
            failed(e);
            return true;
        }
    }

    /**
     * What came of a page.
     *
     * @param taken how many the target has now
     * @param refused how many it will never take
     * @param why it refused the first of them
     */
    private record Outcome(int taken, int refused, String why) {}

    /**
     * One event that is refused must not hold up all that come after: halves are tried, and at last
     * single ones. Those get a second chance after others were taken, since whoever set the target
     * right may have done so meanwhile.
     */
    private static Outcome hand(Target to, List<Shipment> events)
            throws IOException, InterruptedException {
        List<Shipment> refused = new ArrayList<>();
        StringBuilder why = new StringBuilder();
        int taken = hand(to, events, refused, why);
        int never = events.size() - taken - refused.size();
        if (taken > 0) {
            for (Shipment again : refused) {
                int more = hand(to, List.of(again), new ArrayList<>(), why);
                taken += more;
                never += 1 - more;
            }
        }
        return new Outcome(taken, never, why.isEmpty() ? "it takes none of them" : why.toString());
    }

    /** How many were taken; single ones that were refused are put aside. */
    private static int hand(
            Target to, List<Shipment> events, List<Shipment> refused, StringBuilder why)
            throws IOException, InterruptedException {
        try {
            return events.size() - to.send(events);
        } catch (RefusedException e) {
            if (events.size() == 1) {
                refused.addAll(events);
                if (why.isEmpty()) {
                    why.append(e.getMessage());
                }
                return 0;
            }
            int half = events.size() / 2;
            return hand(to, events.subList(0, half), refused, why)
                    + hand(to, events.subList(half, events.size()), refused, why);
        }
    }

    /** Nothing was for us: noted now and then, so that a restart need not look far back. */
    private void passed(long upTo) {
        synchronized (noting) {
            passedTo(upTo);
        }
    }

    private void passedTo(long upTo) {
        Cursor next = cursor.took(upTo, 0, 0, 0);
        if (clock.millis() - notedMs >= NOTE_MS && next.arrival() != cursor.arrival()) {
            note(next);
        } else {
            cursor = next;
        }
    }

    private void note(Cursor next) {
        cursors.keep(id, next);
        cursor = next;
        notedMs = clock.millis();
    }

    private void worked(Outcome outcome) {
        if (!lastError.isEmpty()) {
            LOG.log(System.Logger.Level.INFO, "forwarder " + name + ": events are taken again");
        }
        if (outcome.refused() > 0) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "forwarder "
                            + name
                            + ": "
                            + outcome.refused()
                            + " events are left out: "
                            + outcome.why());
        }
        lastError = "";
        pauseMs = FIRST_PAUSE_MS;
    }

    private void failed(Exception e) throws InterruptedException {
        if (closing) {
            return;
        }
        String message = e.getMessage();
        String why = message == null ? e.getClass().getSimpleName() : message;
        if (lastError.isEmpty()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "forwarder " + name + ": " + why + "; events wait in the store");
        }
        lastError = why;
        closeTarget();
        Thread.sleep(pauseMs);
        pauseMs = Math.min(pauseMs * 2, MAX_PAUSE_MS);
    }

    private void closeTarget() {
        Target open = target;
        target = null;
        if (open != null) {
            open.close();
        }
    }

    /** Never becomes less but when events are let go of. */
    long toldOfAndWaiting() {
        Cursor now = cursor;
        return now.delivered()
                + now.refused()
                + now.lost()
                + store.arrivedAfter(now.arrival(), filter);
    }

    /**
     * Notes how many went without being taken.
     *
     * @param before what {@link #toldOfAndWaiting} was
     */
    void countLost(long before) {
        synchronized (noting) {
            long lost = before - toldOfAndWaiting();
            if (lost > 0 && !closing) {
                cursor = cursor.losing(lost);
                cursors.keep(id, cursor);
                LOG.log(
                        System.Logger.Level.ERROR,
                        "forwarder "
                                + name
                                + ": "
                                + lost
                                + " events were let go of before they were taken");
            }
        }
    }

    ForwarderState state() {
        Cursor now = cursor;
        long waiting = store.arrivedAfter(now.arrival(), filter);
        long behindMs = clock.millis() - TimeUnit.NANOSECONDS.toMillis(now.arrival());
        return new ForwarderState(
                lastError,
                waiting,
                now.delivered(),
                now.refused(),
                now.lost(),
                waiting == 0 || now.arrival() == 0 ? 0 : Math.max(0, behindMs / 1000),
                now.deliveredMs());
    }

    @Override
    public void close() {
        closing = true;
        thread.interrupt();
        try {
            thread.join(END);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
