// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.fleet;

import dev.torimono.agent.AgentException;
import dev.torimono.agent.AgentException.Reason;
import dev.torimono.agent.Log;
import dev.torimono.agent.config.AgentConfig;
import dev.torimono.agent.control.Answer;
import dev.torimono.agent.control.Request;
import dev.torimono.agent.format.FleetFormat;
import dev.torimono.agent.output.Outputs;
import dev.torimono.model.Alert;
import java.io.IOException;
import java.nio.file.Files;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The agent's link to its collector: spool, deliverer, and the one who hears. */
public final class FleetLink implements AutoCloseable {
    private static final long JOIN_MS = 2000;
    private static final String UNUSABLE =
            "collector: what it last told cannot be used and is set aside (bundle/unusable); what"
                    + " comes with the program is in force until it tells anew: ";

    private final AgentConfig.Fleet config;
    private final Log log;
    private final Spool spool;
    private final Outputs output;
    private final BundleFolder bundle;
    private final CollectorClient client;
    private final ActivityQueue activities;
    private @Nullable Thread uplink;
    private @Nullable Thread sync;
    private @Nullable Errands errands;
    private @Nullable Identity identity;
    private @Nullable Thread checkup;

    /**
     * Opens the spool, so that alerts have a place from the start; {@link #start} connects.
     *
     * @throws AgentException when the folder cannot be used
     */
    public FleetLink(AgentConfig config, AgentConfig.Fleet fleet, Log log) {
        this.config = fleet;
        this.log = log;
        try {
            Files.createDirectories(fleet.folder());
            this.bundle = new BundleFolder(fleet.folder().resolve("bundle"));
            this.spool = new Spool(fleet.folder().resolve("spool"), fleet.spoolMaxBytes());
        } catch (IOException e) {
            throw new AgentException(
                    Reason.ENVIRONMENT,
                    "fleet.folder " + fleet.folder() + ": cannot be used: " + e.getMessage(),
                    e);
        }
        if (!bundle.trouble().isEmpty()) {
            log.error(UNUSABLE + bundle.trouble());
        }
        this.client = new CollectorClient(fleet, log);
        this.activities = new ActivityQueue(spool, log);
        this.output =
                new Outputs(
                        List.of(new SpoolOutput(spool)),
                        new FleetFormat(config.alerts().shape(), ZoneId.systemDefault()),
                        config.outputs().queueCapacity(),
                        config.run().drainMs(),
                        log,
                        log::warn);
    }

    /** Where the files of what the collector told lie. */
    public BundleFolder bundle() {
        return bundle;
    }

    /**
     * Puts what the collector told out of force, because a start failed with it.
     *
     * @return whether there was anything
     */
    public boolean setAside(String why) {
        try {
            if (bundle.isEmpty()) {
                return false;
            }
            bundle.setAside();
            log.error(UNUSABLE + why);
            return true;
        } catch (IOException e) {
            log.error("fleet.folder: " + e.getMessage());
            return false;
        }
    }

    /** What the collector told was not to blame. */
    public void takeBack() {
        try {
            bundle.takeBack();
            log.info("collector: what it last told is not to blame and stays");
        } catch (IOException e) {
            log.error("fleet.folder: " + e.getMessage());
        }
    }

    /**
     * Connects.
     *
     * @param trial tries the bundle's files; tells why they are not in force, or nothing
     * @param health what is counted
     * @param facts what is told of the machine
     * @param containers what is told of its containers
     * @param response does what somebody at the collector asks
     */
    public void start(
            Function<String, String> trial,
            Supplier<Map<String, Object>> health,
            Supplier<Map<String, Object>> facts,
            Supplier<Map<String, Object>> containers,
            BiFunction<String, Request, Answer> response) {
        Identity ours = new Identity(config, client, facts);
        identity = ours;
        Uplink delivering = new Uplink(spool, ours, client, log);
        Errands doing = new Errands(ours, client, response, config.responses(), log);
        errands = doing;
        Sync hearing =
                new Sync(
                        ours,
                        client,
                        bundle,
                        () -> trial.apply("told by the collector"),
                        health,
                        facts,
                        containers,
                        doing,
                        log);
        uplink = Thread.ofPlatform().daemon().name("fleet-up").start(delivering);
        sync = Thread.ofPlatform().daemon().name("fleet-sync").start(hearing);
    }

    /**
     * Tells what works on this machine, now and whenever it changes; after {@link #start}.
     *
     * @param diagnosis looks at the machine and gives JSON
     */
    public void diagnose(Supplier<String> diagnosis) {
        Identity ours = Objects.requireNonNull(identity);
        Checkup looking = new Checkup(ours, client, diagnosis, Checkup.Times.USUAL, log);
        checkup = Thread.ofPlatform().daemon().name("fleet-doctor").start(looking);
    }

    /** What the tree of an alert did; never waits. False when there is no room before the disk. */
    public boolean tell(byte[] activity) {
        return activities.offer(activity);
    }

    /** Never waits. Returns how many alerts found no room in the queue before the disk. */
    public int offer(Alert alert) {
        return output.offer(alert);
    }

    public Outputs output() {
        return output;
    }

    /** What waits and was lost, as {@code name=value}. */
    public String stats() {
        return "spool.waiting="
                + spool.waiting()
                + " spool.delivered="
                + spool.delivered()
                + " spool.dropped="
                + spool.dropped();
    }

    /** Writes what is queued to disk; delivers what a moment allows. */
    @Override
    public void close() {
        output.close();
        activities.close();
        end(uplink);
        end(sync);
        end(checkup);
        Errands doing = errands;
        if (doing != null) {
            doing.close();
        }
        client.close();
        try {
            spool.close();
        } catch (IOException e) {
            log.warn("spool: " + e.getMessage());
        }
    }

    private static void end(@Nullable Thread thread) {
        if (thread == null) {
            return;
        }
        thread.interrupt();
        try {
            thread.join(JOIN_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
