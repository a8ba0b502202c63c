// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.enforce;

import dev.torimono.model.Container;
import dev.torimono.response.decision.PolicySet;
import dev.torimono.response.decision.Watch;
import java.util.IdentityHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What policies ask for in containers, remembered for execs that are held. The pipeline's thread.
 */
final class Watches implements AfterExec.Scopes {
    private static final int REMEMBERED = 1024;

    private final Supplier<PolicySet> policies;
    private final Young young = new Young();

    /** By the container as it is known now: another instance when that changes. */
    private final IdentityHashMap<Container, Watch> known = new IdentityHashMap<>();

    private Predicate<Container> armed = _ -> true;

    Watches(Supplier<PolicySet> policies) {
        this.policies = policies;
    }

    /** How to tell that no exec of a container runs unjudged; before anything is judged. */
    void armed(Predicate<Container> isArmed) {
        armed = isArmed;
    }

    /** What policies say of some container changed. */
    void forget() {
        known.clear();
    }

    Watch of(Container container) {
        Watch watch = known.get(container);
        if (watch == null) {
            watch = policies.get().watch(container);
            if (known.size() >= REMEMBERED) {
                known.clear();
            }
            known.put(container, watch);
        }
        return watch;
    }

    /** Whether an exec waits for what a container's runtime has to say. */
    boolean waits(Container container, Watch watch) {
        return watch.unsettled() && young.waits(container, System.nanoTime());
    }

    /** Containers whose execs passed because their runtime did not describe them in time. */
    int late() {
        return young.late();
    }

    void onLate(Consumer<String> telling) {
        young.onLate(
                container ->
                        telling.accept(
                                "container "
                                        + container.id()
                                        + ": its runtime has not described it within "
                                        + Young.WAITS_NS / 1_000_000_000
                                        + " s: execs that waited for that pass, and are judged by"
                                        + " their events"));
    }

    @Override
    public boolean undecided(Container container) {
        return waits(container, policies.get().watch(container));
    }

    @Override
    public boolean acts(Container container) {
        return policies.get().watch(container).holds();
    }

    @Override
    public boolean armed(Container container) {
        return armed.test(container);
    }
}
