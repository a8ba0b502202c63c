// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent;

import dev.torimono.agent.OpenFindings.Waiting;
import dev.torimono.model.Alert;
import dev.torimono.model.Ancestor;
import dev.torimono.model.Container;
import dev.torimono.model.Finding;
import dev.torimono.model.Observation;
import dev.torimono.model.Task;
import dev.torimono.rules.Matcher;
import dev.torimono.rules.OpenMatch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Judges what happens in containers that their runtime has not described yet. Rules that fire
 * whatever the container is have their consequences at once, and only the telling waits; rules that
 * ask for the description wait for it. The pipeline's thread.
 */
final class OpenJudge {
    /** How long an alert waits to be told whole. */
    static final long HOLD_NS = 500_000_000;

    private final Observer host;
    private final Consequences consequences;
    private final HeldAlerts held;
    private final Pipeline.Settings settings;
    private final Counters counters;
    private final OpenFindings findings = new OpenFindings();

    OpenJudge(
            Observer host,
            Consequences consequences,
            HeldAlerts held,
            Pipeline.Settings settings,
            Counters counters) {
        this.host = host;
        this.consequences = consequences;
        this.held = held;
        this.settings = settings;
        this.counters = counters;
    }

    /** Whether nothing waits. */
    boolean isIdle() {
        return findings.isEmpty();
    }

    void judge(Matcher matcher, Observation observation, Container container) {
        OpenMatch match = matcher.open(observation);
        if (match == null) {
            return;
        }
        long nowNs = System.nanoTime();
        Task by = observation.task();
        List<Ancestor> lineage = lineage(by);
        Waiting waiting = new Waiting(match, lineage, nowNs);
        if (!findings.add(container, waiting)) {
            counters.increment(Counter.OPEN_OVERFLOWS);
            decide(waiting, container);
            return;
        }
        for (Finding finding : match.certain()) {
            Alert alert = new Alert(finding, settings.hostname(), lineage).in(container);
            waiting.told().add(alert.id());
            held.expect(alert.id(), nowNs + HOLD_NS);
            counters.increment(Counter.FINDINGS);
            consequences.follow(alert, observation);
        }
    }

    /** Decides what can be decided, and tells what waited for long enough. */
    void tick(long nowNs) {
        if (!findings.isEmpty()) {
            findings.settle(nowNs, host::container, this::decide);
        }
        held.tick(nowNs);
    }

    /** Decides everything by what is known. */
    void end() {
        findings.settleAll(host::container, this::decide);
    }

    private void decide(Waiting waiting, Container described) {
        OpenMatch match = waiting.match();
        for (Finding finding : match.complete(described)) {
            Alert alert = new Alert(finding, settings.hostname(), waiting.lineage()).in(described);
            if (waiting.told().contains(alert.id())) {
                held.complete(alert.id(), finding, described);
            } else {
                counters.increment(Counter.FINDINGS);
                consequences.follow(alert, match.observation());
            }
        }
    }

    private List<Ancestor> lineage(@Nullable Task by) {
        return settings.lineage() && by != null ? host.lineage(by) : List.of();
    }
}
