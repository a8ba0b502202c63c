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

    /**
     * Loads now, and tells what came of it; any thread.
     *
     * @return why the old rules stay; empty when the new ones are in force
     */
    String reloadNow(String why) {
        try {
            return thread.submit(() -> reload(why)).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "the agent ends";
        } catch (java.util.concurrent.RejectedExecutionException e) {
            return "the agent ends";
        } catch (ExecutionException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private String reload(String why) {
        try {
            LoadResult result = rulebook.load();
            if (!result.report().ok()) {
                return refuse(why, result.report().text().strip());
            }
            Runnable also = more.apply(result);
            Pipeline running = pipeline.get();
            running.use(rulebook.started(result).tellLive(log), also);
            counters.increment(Counter.RELOADS);
            log.info("rules reloaded: " + why);
            return "";
        } catch (InterruptedException e) {
            // The agent ends.
            Thread.currentThread().interrupt();
            return "the agent ends";
        } catch (AgentException e) {
            return refuse(why, String.valueOf(e.getMessage()));
        } catch (ExecutionException | RuntimeException e) {
            log.error("rules: internal error", e);
            return refuse(why, "internal error");
        }
    }

    private String refuse(String why, String reason) {
        counters.increment(Counter.RELOADS_REFUSED);
        log.error(
                "rules and policies not reloaded: "
                        + why
                        + "; the old rules and policies stay in force, because:\n"
                        + reason);
        return reason;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
