// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.output;

import dev.torimono.agent.Log;
import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * One output with its own bounded queue and thread: what it costs, only it pays. An alert that
 * finds the queue full is dropped and counted; the one who offers never waits.
 */
final class OutputQueue implements AutoCloseable {
    private static final long LAST_WRITE_MS = 500;
    private static final long PATIENCE_MS = 100;

    /** Ends the thread's wait without being an alert. */
    private static final Object WAKE = new Object();

    private final Output output;
    private final BlockingQueue<Object> queue;
    private final Log log;
    private final Consumer<String> onReaderGone;
    private final Thread thread;
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private volatile boolean failing;
    private volatile String reason = "";
    private volatile boolean closing;
    private volatile boolean reopen;

    /**
     * @param onReaderGone told why when the output can never deliver again
     */
    OutputQueue(Output output, int capacity, Log log, Consumer<String> onReaderGone) {
        this.output = output;
        this.queue = new ArrayBlockingQueue<>(capacity);
        this.log = log;
        this.onReaderGone = onReaderGone;
        this.thread = new Thread(this::run, "output-" + output.name());
        // A receiver that never answers must not keep the process alive.
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    boolean offer(Line line) {
        if (queue.offer(line)) {
            return true;
        }
        if (dropped.getAndIncrement() == 0) {
            log.warn(
                    "output "
                            + output.name()
                            + ": alerts dropped: its queue is full; is the receiver slow?");
        }
        return false;
    }

    /** Waits for room; false when the output has ended. */
    boolean put(Line line) {
        try {
            while (thread.isAlive()) {
                if (queue.offer(line, PATIENCE_MS, TimeUnit.MILLISECONDS)) {
                    return true;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        dropped.incrementAndGet();
        return false;
    }

    /** Asks the thread to open its file again before the next write. */
    void reopen() {
        reopen = true;
        wake();
    }

    Health health() {
        return new Health(
                output.name(),
                failing,
                reason,
                queue.size(),
                written.get(),
                failed.get(),
                dropped.get());
    }

    /** From now on the thread ends when the queue is empty. */
    void finish() {
        closing = true;
        wake();
    }

    /** Waits for the thread to end; what is still queued at the deadline counts as dropped. */
    void join(long deadlineNs) {
        try {
            if (!ended(deadlineNs)) {
                thread.interrupt();
                if (!ended(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LAST_WRITE_MS))) {
                    // Not interruptible where it hangs: take its file or socket away.
                    output.close();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            log.warn("output " + output.name() + ": " + Failure.text(e));
        }
        long left = queue.stream().filter(Line.class::isInstance).count();
        if (left > 0) {
            dropped.addAndGet(left);
            log.warn("output " + output.name() + ": " + left + " alerts not delivered at the end");
        }
    }

    @Override
    public void close() {
        finish();
        join(System.nanoTime());
    }

    private boolean ended(long deadlineNs) throws InterruptedException {
        long leftMs = TimeUnit.NANOSECONDS.toMillis(deadlineNs - System.nanoTime());
        if (leftMs > 0) {
            thread.join(leftMs);
        }
        return !thread.isAlive();
    }

    /** A full queue needs no waking: its thread has work. */
    private void wake() {
        if (!queue.offer(WAKE)) {
            log.debug("output " + output.name() + ": busy");
        }
    }

    private void run() {
        try (output) {
            while (!(closing && queue.isEmpty())) {
                Object mail = queue.take();
                if (reopen) {
                    reopen = false;
                    attempt(output::reopen);
                }
                if (mail instanceof Line line && attempt(() -> output.write(line))) {
                    written.incrementAndGet();
                }
            }
        } catch (ReaderGoneException e) {
            onReaderGone.accept(Failure.text(e));
        } catch (IOException e) {
            log.warn("output " + output.name() + ": " + Failure.text(e));
        } catch (InterruptedException e) {
            // The deadline passed: join() counts what is left.
            closing = true;
        }
    }

    /** Something an output does that can fail without ending it. */
    @FunctionalInterface
    private interface Attempt {
        void run() throws IOException, InterruptedException;
    }

    private boolean attempt(Attempt what) throws ReaderGoneException, InterruptedException {
        try {
            what.run();
            if (failing) {
                failing = false;
                log.info("output " + output.name() + ": delivers again");
            }
            return true;
        } catch (ReaderGoneException e) {
            failed.incrementAndGet();
            throw e;
        } catch (IOException e) {
            failed.incrementAndGet();
            reason = Failure.text(e);
            if (!failing) {
                failing = true;
                log.error("output " + output.name() + ": alert not delivered: " + reason);
            }
            return false;
        }
    }
}
