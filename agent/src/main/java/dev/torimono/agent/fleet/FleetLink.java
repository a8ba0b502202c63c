// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.fleet;

import dev.torimono.agent.AgentException;
import dev.torimono.agent.AgentException.Reason;
import dev.torimono.agent.Log;
import dev.torimono.agent.config.AgentConfig;
import dev.torimono.agent.format.FleetFormat;
import dev.torimono.agent.output.Outputs;
import dev.torimono.model.Alert;
import java.io.IOException;
import java.nio.file.Files;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The agent's link to its collector: spool, deliverer, and the one who hears. */
public final class FleetLink implements AutoCloseable {
    private static final long JOIN_MS = 2000;

    private final AgentConfig.Fleet config;
    private final Log log;
    private final Spool spool;
    private final Outputs output;
    private final BundleFolder bundle;
    private final CollectorClient client;
    private @Nullable Thread uplink;
    private @Nullable Thread sync;

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
        this.client = new CollectorClient(fleet);
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
     * Connects.
     *
     * @param trial tries the bundle's files; tells why they are not in force, or nothing
     * @param health what is counted
     * @param facts what is told of the machine
     */
    public void start(
            Function<String, String> trial,
            Supplier<Map<String, Object>> health,
            Supplier<Map<String, Object>> facts) {
        Identity identity = new Identity(config, client, facts);
        Uplink delivering = new Uplink(spool, identity, client, log);
        Sync hearing =
                new Sync(
                        identity,
                        client,
                        bundle,
                        () -> trial.apply("told by the collector"),
                        health,
                        facts,
                        log);
        uplink = Thread.ofPlatform().daemon().name("fleet-up").start(delivering);
        sync = Thread.ofPlatform().daemon().name("fleet-sync").start(hearing);
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
        end(uplink);
        end(sync);
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
