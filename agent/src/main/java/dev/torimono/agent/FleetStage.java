// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent;

import dev.torimono.agent.activity.Activity;
import dev.torimono.agent.config.AgentConfig;
import dev.torimono.agent.fleet.FleetLink;
import dev.torimono.agent.policy.NodeFacts;
import dev.torimono.model.Alert;
import dev.torimono.model.Epoch;
import dev.torimono.response.scope.HostFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The fleet side of one agent: nothing at all when it has no collector. */
final class FleetStage implements AutoCloseable {
    private static final Path RELEASE = Path.of("/proc/sys/kernel/osrelease");

    private final AgentConfig config;
    private final Log log;
    private final @Nullable FleetLink link;
    private volatile @Nullable Activity activity;

    FleetStage(AgentConfig config, Log log) {
        this.log = log;
        AgentConfig.Fleet fleet = config.fleet();
        this.link = fleet == null ? null : new FleetLink(config, fleet, log);
        this.config =
                link == null
                        ? config
                        : config.with(link.bundle().rules(), link.bundle().policies());
    }

    /** The configuration with what the collector told beside it. */
    AgentConfig config() {
        return config;
    }

    /** Whether there is a collector. */
    boolean isThere() {
        return link != null;
    }

    /** Whether a file is one that only the collector changes. */
    boolean owns(Path file) {
        return link != null
                && (file.equals(link.bundle().rules()) || file.equals(link.bundle().policies()));
    }

    /**
     * A start failed with what the collector told: it is tried without.
     *
     * @return whether there was anything to go without
     */
    boolean setAside(String why) {
        return link != null && link.setAside(why);
    }

    /** It fails without it too. */
    void takeBack() {
        if (link != null) {
            link.takeBack();
        }
    }

    /** Never waits. Returns how many receivers had no room. */
    int offer(Alert alert) {
        Activity looking = activity;
        if (looking != null) {
            looking.alerted(alert);
        }
        return link == null ? 0 : link.offer(alert);
    }

    /** Looks at the trees of alerts beside what follows from them. */
    Consequences watching(Consequences consequences, Activity.World world) {
        AgentConfig.Fleet fleet = config.fleet();
        FleetLink to = link;
        if (fleet == null || to == null || !fleet.activity()) {
            return consequences;
        }
        Activity looking = new Activity(world, () -> Epoch.ns(Instant.now()), to::tell);
        activity = looking;
        return new WatchedConsequences(consequences, looking);
    }

    /** Connects. */
    void begin(Reloader reloader, Stats stats, PolicyStage policies) {
        if (link != null) {
            link.start(
                    reloader::reloadNow,
                    () -> health(stats, policies),
                    this::facts,
                    policies::containers,
                    policies::respond);
        }
    }

    /** Tells the collector what works on this machine; after {@link #begin}. */
    void diagnose(@Nullable Supplier<String> diagnosis) {
        if (link != null && diagnosis != null) {
            link.diagnose(diagnosis);
        }
    }

    /** Empty without a collector. */
    String stats() {
        Activity looking = activity;
        String unwatched = looking == null ? "" : " trees.unwatched=" + looking.unwatched();
        return link == null ? "" : link.stats() + unwatched;
    }

    private static Map<String, Object> health(Stats stats, PolicyStage policies) {
        Map<String, Object> health = new TreeMap<>();
        health.put("policies", policies.effective());
        for (String part : stats.line().split(" ", -1)) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                String value = part.substring(equals + 1);
                boolean number = value.matches("-?\\d{1,18}");
                health.put(part.substring(0, equals), number ? Long.valueOf(value) : value);
            }
        }
        return health;
    }

    private Map<String, Object> facts() {
        Map<String, Object> facts = new TreeMap<>();
        facts.put("hostname", Hostname.of(config.run()));
        facts.put("kernel", kernel());
        facts.put("cpus", (long) Runtime.getRuntime().availableProcessors());
        HostFacts host = NodeFacts.host(config, Hostname.of(config.run()), System.getenv(), log);
        facts.put("cluster", host.cluster());
        facts.put("node", host.node());
        facts.put("addresses", new ArrayList<>(host.addresses()));
        facts.put("macs", new ArrayList<>(host.macs()));
        facts.put("tags", new TreeMap<>(host.tags()));
        AgentConfig.Fleet fleet = config.fleet();
        facts.put("responses", fleet != null && fleet.responses() && config.control() != null);
        facts.put("pid", ProcessHandle.current().pid());
        return facts;
    }

    private static String kernel() {
        try {
            return Files.readString(RELEASE).strip();
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public void close() {
        if (link != null) {
            link.close();
        }
    }
}
