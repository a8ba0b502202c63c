// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.output;

import dev.torimono.agent.Log;
import dev.torimono.agent.format.AlertFormat;
import dev.torimono.model.Alert;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Every output, each behind its own queue: none delays another, nor the one who tells. */
public final class Outputs implements AutoCloseable {
    private final List<OutputQueue> queues;
    private final AlertFormat format;
    private final long drainMs;

    /**
     * @param queueCapacity alerts that each output may have waiting
     * @param drainMs how long closing waits for what is queued, over all outputs
     * @param onReaderGone told why when an output means that the agent should end
     */
    public Outputs(
            List<Output> outputs,
            AlertFormat format,
            int queueCapacity,
            long drainMs,
            Log log,
            Consumer<String> onReaderGone) {
        this.queues =
                outputs.stream()
                        .map(output -> new OutputQueue(output, queueCapacity, log, onReaderGone))
                        .toList();
        this.format = format;
        this.drainMs = drainMs;
        queues.forEach(OutputQueue::start);
    }

    /** Never waits. Returns how many outputs had no room. */
    public int offer(Alert alert) {
        Line line = new Line(alert, format);
        int dropped = 0;
        for (OutputQueue queue : queues) {
            dropped += queue.offer(line) ? 0 : 1;
        }
        return dropped;
    }

    /**
     * Waits for room where there is none: for captures, which can wait too. Returns how many
     * outputs had ended.
     */
    public int put(Alert alert) {
        Line line = new Line(alert, format);
        int dropped = 0;
        for (OutputQueue queue : queues) {
            dropped += queue.put(line) ? 0 : 1;
        }
        return dropped;
    }

    /** Opens files again that a log rotator may have renamed. */
    public void reopen() {
        queues.forEach(OutputQueue::reopen);
    }

    public List<Health> health() {
        return queues.stream().map(OutputQueue::health).toList();
    }

    /** Delivers what is queued, all outputs at once, as far as the time allows. */
    @Override
    public void close() {
        long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(drainMs);
        queues.forEach(OutputQueue::finish);
        queues.forEach(queue -> queue.join(deadlineNs));
    }
}
