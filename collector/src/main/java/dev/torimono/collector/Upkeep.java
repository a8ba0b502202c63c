// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector;

import dev.torimono.collector.fleet.Fleet;
import dev.torimono.collector.forward.Forwarders;
import dev.torimono.collector.respond.Executions;
import dev.torimono.collector.state.Audit;
import dev.torimono.collector.store.Retention;
import dev.torimono.collector.store.RetentionPlan;
import dev.torimono.model.Epoch;
import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** What a collector does now and then by itself, on one thread: letting go of what is old. */
final class Upkeep implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("torimono.collector");

    /** Of the room for events, what trees may take beside it. */
    private static final int ACTIVITY_SHARE = 10;

    private static final long EVERY_MINUTES = 10;
    private static final long ROLLOUT_SECONDS = 2;

    private final What what;
    private final InstantSource clock;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    work -> Thread.ofPlatform().daemon().name("upkeep").unstarted(work));

    /** Takes another certificate in time. */
    interface Renewal {
        void renew() throws IOException;
    }

    /** What is looked after. */
    record What(
            Stores stores,
            RetentionPlan retention,
            Forwarders forwarders,
            Audit audit,
            Executions executions,
            Fleet fleet,
            Renewal certificate) {}

    Upkeep(What what, InstantSource clock) {
        this.what = what;
        this.clock = clock;
    }

    void begin() {
        ScheduledFuture<?> _ =
                thread.scheduleWithFixedDelay(this::lookAfter, 1, EVERY_MINUTES, TimeUnit.MINUTES);
        ScheduledFuture<?> _ =
                thread.scheduleWithFixedDelay(
                        this::rollOut, ROLLOUT_SECONDS, ROLLOUT_SECONDS, TimeUnit.SECONDS);
    }

    private void lookAfter() {
        try {
            long nowNs = Epoch.ns(clock.instant());
            Retention bounds = what.retention().kept().retention();
            what.forwarders().losing(() -> expire(bounds, nowNs));
            what.stores()
                    .activity()
                    .expire(
                            new Retention(bounds.maxAgeNs(), bounds.maxBytes() / ACTIVITY_SHARE),
                            nowNs);
            what.audit().trim();
            what.executions().trim();
            what.stores().files().trim();
            what.certificate().renew();
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "collector: upkeep failed", e);
        }
    }

    private void expire(Retention bounds, long nowNs) {
        long gone = what.stores().events().expire(bounds, nowNs);
        if (gone > 0) {
            LOG.log(System.Logger.Level.INFO, "collector: " + gone + " events expired");
        }
    }

    private void rollOut() {
        try {
            what.fleet().tick();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "collector: roll-out failed", e);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
