// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent;

import dev.torimono.rules.LoadResult;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Loads rules beside the running ones and puts them in force when they are good; else the old ones
 * stay, and the log says why. Requests that come close together are one.
 */
final class Reloader implements AutoCloseable {
    private final Rulebook rulebook;
    private final CompletableFuture<Pipeline> pipeline;
    private final Counters counters;
    private final Function<LoadResult, Runnable> more;
    private final Log log;
    private final long debounceMs;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    work -> Thread.ofPlatform().daemon().name("reload").unstarted(work));
    private @Nullable ScheduledFuture<?> pending;

    /**
     * @param pipeline what gets the rules, once it is there
     * @param more loads what goes with the rules, or refuses; what it returns puts that in force
     */
    Reloader(
            Rulebook rulebook,
            CompletableFuture<Pipeline> pipeline,
            Counters counters,
            Function<LoadResult, Runnable> more,
            Log log,
            long debounceMs) {
        this.rulebook = rulebook;
        this.pipeline = pipeline;
        this.counters = counters;
        this.more = more;
        this.log = log;
        this.debounceMs = debounceMs;
    }

    /** Reloads soon; any thread. */
    synchronized void request(String why) {
        ScheduledFuture<?> earlier = pending;
        if (earlier != null) {
            earlier.cancel(false);
        }
        if (!thread.isShutdown()) {
            pending = thread.schedule(() -> reload(why), debounceMs, TimeUnit.MILLISECONDS);
        }
    }

    private void reload(String why) {
        try {
            LoadResult result = rulebook.load();
            if (!result.report().ok()) {
                refuse(why, result.report().text().strip());
                return;
            }
            Runnable also = more.apply(result);
            Pipeline running = pipeline.get();
            running.use(new Rulebook.Started(result, rulebook.matcher(result)).tell(log), also);
            counters.increment(Counter.RELOADS);
            log.info("rules reloaded: " + why);
        } catch (InterruptedException e) {
            // The agent ends.
            Thread.currentThread().interrupt();
        } catch (AgentException e) {
            refuse(why, e.getMessage());
        } catch (ExecutionException | RuntimeException e) {
            refuse(why, "internal error");
            log.error("rules: internal error", e);
        }
    }

    private void refuse(String why, String reason) {
        counters.increment(Counter.RELOADS_REFUSED);
        log.error(
                "rules not reloaded: "
                        + why
                        + "; the old rules stay in force, because:\n"
                        + reason);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
