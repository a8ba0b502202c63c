// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent;

import dev.torimono.model.Alert;
import dev.torimono.model.Ancestor;
import dev.torimono.model.Container;
import dev.torimono.model.Demand;
import dev.torimono.model.Event;
import dev.torimono.model.EventSource;
import dev.torimono.model.Finding;
import dev.torimono.model.Observation;
import dev.torimono.model.Task;
import dev.torimono.rules.Matcher;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The way of one event, on one thread: event → observation → finding → what follows → alert.
 * Everything that can wait (rendering, delivering) happens behind {@link AlertSink}; everything
 * that can be swapped (the rules) is looked at once per batch.
 */
public final class Pipeline {
    private static final long POLL_MS = 100;

    /** While something waits for a container's description. */
    private static final long SHORT_POLL_MS = 5;

    private static final long FIRST_WAIT_MS = 12;
    private static final long FAULT_EVERY_NS = 30_000_000_000L;

    /** Takes alerts without ever making the pipeline wait. */
    @FunctionalInterface
    public interface AlertSink {
        /** Returns how many receivers had no room. */
        int offer(Alert alert);
    }

    private final EventSource source;
    private final Observer host;
    private final HeldAlerts alerts;
    private final Settings settings;
    private final Counters counters;
    private final LossWatch losses;
    private final Log log;
    private final EventSource.Sink sink = this::on;
    private final Consumer<Finding> told = this::tell;
    private final Consumer<Finding> toldOfOther = this::tellOfOther;

    /** Rules that fired for the event in hand. */
    private final List<String> fired = new ArrayList<>();

    private final AtomicReference<@Nullable Change> next = new AtomicReference<>();
    private final Consequences consequences;
    private final OpenJudge open;
    private final boolean later;
    private Matcher matcher;
    private @Nullable Observation observation;
    private long faultNs = Long.MIN_VALUE / 2;

    /**
     * What every alert of this pipeline has.
     *
     * @param hostname the machine
     * @param lineage whether alerts carry the lineage
     */
    public record Settings(String hostname, boolean lineage) {}

    /** Rules to be put in force, and what is to be put in force with them. */
    private record Change(Matcher matcher, Runnable also) {}

    /** One that only tells. */
    public Pipeline(
            EventSource source,
            Observer host,
            Matcher matcher,
            AlertSink alerts,
            Settings settings,
            Counters counters,
            Losses losses,
            Log log) {
        this(source, host, matcher, alerts, null, settings, counters, losses, log);
    }

    /**
     * Subscribes the source to what the matcher wants.
     *
     * @param consequences what follows from findings; null when they are only told
     */
    public Pipeline(
            EventSource source,
            Observer host,
            Matcher matcher,
            AlertSink alerts,
            @Nullable Consequences consequences,
            Settings settings,
            Counters counters,
            Losses losses,
            Log log) {
        this.source = source;
        this.host = host;
        this.matcher = matcher;
        this.alerts = alerts instanceof HeldAlerts held ? held : new HeldAlerts(alerts, counters);
        this.consequences = consequences == null ? Consequences.tell(this::offer) : consequences;
        this.settings = settings;
        this.counters = counters;
        this.losses =
                new LossWatch(
                        losses,
                        java.time.InstantSource.system(),
                        settings.hostname(),
                        host::task,
                        host::containerOf,
                        host::lineage);
        this.log = log;
        this.later = host.describesLater();
        this.open = new OpenJudge(host, this.consequences, this.alerts, settings, counters);
        host.want(matcher.demand());
        source.subscribe(demand());
    }

    /** What the rules want; everything, while what follows may be asked for the recent past. */
    private Demand demand() {
        Demand ofRules = matcher.demand();
        return consequences.watches()
                ? new Demand(Demand.everything().eventTypes(), ofRules.environment())
                : consequences.demand(ofRules);
    }

    /** Puts other rules in force from the next batch on; state is kept. Any thread. */
    public void use(Matcher rules) {
        use(rules, () -> {});
    }

    /**
     * The same.
     *
     * @param also puts what belongs to them in force, on the pipeline's thread
     */
    void use(Matcher rules, Runnable also) {
        next.set(new Change(rules, also));
    }

    /**
     * Takes in what was told during the start, and waits for a first time: what waiting needs is
     * then loaded too.
     */
    public void begin() {
        batch(FIRST_WAIT_MS);
        housekeep(System.nanoTime());
    }

    /** Works until told to stop or the source ends. */
    public void run(BooleanSupplier stop) {
        while (!stop.getAsBoolean() && batch(open.isIdle() ? POLL_MS : SHORT_POLL_MS)) {
            housekeep(System.nanoTime());
        }
        // What has happened before the stop is still told.
        batch(0);
        open.end();
    }

    private boolean batch(long timeoutMs) {
        Change fresh = next.get() == null ? null : next.getAndSet(null);
        if (fresh != null) {
            matcher = fresh.matcher();
            fresh.also().run();
            host.want(matcher.demand());
            source.subscribe(demand());
        }
        int count = source.poll(sink, timeoutMs);
        counters.add(Counter.EVENTS, Math.max(count, 0));
        return count >= 0;
    }

    private void on(Event event) {
        try {
            Observation of = host.observe(event); // who did it
            if (of != null && consequences.begin(of)) {
                observation = of;
                if (consequences.watches()) {
                    consequences.watch(event, of);
                }
                Container in = of.container();
                if (in != null && in.pending() && later) {
                    open.judge(matcher, of, in); // is it bad, as far as that can be told
                } else {
                    fired.clear();
                    matcher.match(of, told); // is it bad
                    if (host.takeOtherName()) {
                        matcher.match(of, toldOfOther); // or by its other name
                    }
                }
                consequences.end(of);
            }
        } catch (RuntimeException e) {
            fault(event, e);
        }
    }

    private void tellOfOther(Finding finding) {
        if (!fired.contains(finding.rule())) {
            tell(finding);
        }
    }

    private void tell(Finding finding) {
        fired.add(finding.rule());
        counters.increment(Counter.FINDINGS);
        Observation of = java.util.Objects.requireNonNull(observation);
        consequences.follow(alert(finding, of), of); // what follows; tell it
    }

    /** An alert with everything that alerts of this pipeline have. */
    Alert alert(Finding finding, Observation of) {
        Task by = of.task();
        List<Ancestor> lineage = settings.lineage() && by != null ? host.lineage(by) : List.of();
        return new Alert(finding, settings.hostname(), lineage).in(of.container());
    }

    /** The rules in force; the pipeline's thread. */
    Matcher matcher() {
        return matcher;
    }

    private void offer(Alert alert) {
        counters.increment(Counter.ALERTS);
        counters.add(Counter.ALERTS_DROPPED, alerts.offer(alert));
    }

    private void housekeep(long nowNs) {
        host.tick(nowNs);
        consequences.tick();
        open.tick(nowNs);
        losses.look(nowNs)
                .ifPresent(
                        alert -> {
                            log.warn(alert.finding().message());
                            offer(alert);
                        });
    }

    /** One event that cannot be judged must not blind us for the next. */
    private void fault(Event event, RuntimeException e) {
        counters.increment(Counter.EVENTS_FAILED);
        long nowNs = System.nanoTime();
        if (nowNs - faultNs >= FAULT_EVERY_NS) {
            faultNs = nowNs;
            log.error("event " + event.type() + ": not judged: internal error", e);
        }
    }
}
