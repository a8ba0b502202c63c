// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.container;

import dev.torimono.host.HostCounter;
import dev.torimono.host.HostCounters;
import dev.torimono.model.Container;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The thread that talks to one runtime, so that a slow or dead one never holds the pipeline.
 * Questions wait in a bounded queue while the runtime is away; after every failure it starts over,
 * with growing pauses.
 */
final class RuntimeWatch implements AutoCloseable {
    private static final int MOST_QUESTIONS = 1024;
    private static final int MOST_ATTEMPTS = 4;
    private static final long NEXT_TIMEOUT_MS = 1_000;

    /**
     * How long a container that its runtime does not know may still become known: it may be told of
     * in the stream of changes, or be in the making.
     */
    private static final long MISSING_NS = 300_000_000;

    private static final long MISSING_LOOK_MS = 20;

    /** The same while changes wait to be read: one of them may tell of it. */
    private static final long LONGEST_MISSING_NS = 5_000_000_000L;

    /** Looks for a runtime that is not there come so much later than after a failure: 5 s. */
    private static final long ABSENT_PAUSES = 20;

    private static final long LONGEST_CLOSE_MS = 2_000;

    private final RuntimeClient client;
    private final Predicate<Answer> answers;
    private final HostCounters counters;
    private final long shortestPauseMs;
    private final long longestPauseMs;
    private final BlockingQueue<String> questions = new ArrayBlockingQueue<>(MOST_QUESTIONS);
    private final Deque<Question> unanswered = new ArrayDeque<>();
    private final Map<String, Long> missing = new HashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private volatile @Nullable String lastFailure;

    /**
     * @param answers takes an answer, or says false when there is no room: it is dropped, counted
     */
    RuntimeWatch(
            RuntimeClient client,
            Predicate<Answer> answers,
            HostCounters counters,
            long shortestPauseMs,
            long longestPauseMs) {
        this.client = client;
        this.answers = answers;
        this.counters = counters;
        this.shortestPauseMs = shortestPauseMs;
        this.longestPauseMs = longestPauseMs;
        thread = Thread.ofPlatform().name("torimono-runtime").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    boolean answersFor(String runtime) {
        return client.answersFor(runtime);
    }

    /** Asks for one container; false when too many questions wait already. Never blocks. */
    boolean ask(String fullId) {
        // Asked again while the runtime is away: once is enough.
        if (questions.contains(fullId)) {
            return true;
        }
        if (!questions.offer(fullId)) {
            counters.increment(HostCounter.RUNTIME_QUESTIONS_DROPPED);
            return false;
        }
        client.wake();
        return true;
    }

    /** Why the runtime could not be talked to last time; null when it could. */
    @Nullable String lastFailure() {
        return lastFailure;
    }

    @Override
    public void close() {
        closed.countDown();
        client.wake();
        thread.interrupt();
        try {
            thread.join(LONGEST_CLOSE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        long pauseMs = shortestPauseMs;
        while (!closedWithin(0)) {
            if (!client.present()) {
                answerWithoutRuntime();
                continue;
            }
            try {
                client.connect();
                for (Container container : client.list()) {
                    tell(new Answer.Described(container));
                }
                lastFailure = null;
                pauseMs = shortestPauseMs;
                converse();
            } catch (IOException | RuntimeException e) {
                lastFailure = client.name() + ": " + e.getMessage();
                counters.increment(HostCounter.RUNTIME_FAILURES);
                if (closedWithin(pauseMs)) {
                    break;
                }
                pauseMs = Math.min(pauseMs * 2, longestPauseMs);
            }
        }
        client.close();
    }

    /**
     * Nothing wrong: the runtime is not installed, or not yet. A question wakes it, so that it need
     * not look often.
     */
    private void answerWithoutRuntime() {
        lastFailure = null;
        for (Question left = unanswered.poll(); left != null; left = unanswered.poll()) {
            tell(new Answer.Unknown(left.fullId()));
        }
        String id = questionWithin(shortestPauseMs * ABSENT_PAUSES);
        if (id == null) {
            return;
        }
        if (client.present()) {
            unanswered.add(new Question(id, 1));
        } else {
            tell(new Answer.Unknown(id));
        }
    }

    private @Nullable String questionWithin(long ms) {
        try {
            return questions.poll(ms, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            // Only close interrupts this thread, and has said so.
            return null;
        }
    }

    private void converse() throws IOException {
        while (!closedWithin(0)) {
            Question again = unanswered.poll();
            String fresh = again == null ? questions.poll() : null;
            if (again != null) {
                answer(again);
            } else if (fresh != null) {
                answer(new Question(fresh, 1));
            } else {
                boolean idle = listen();
                giveUpMissing(System.nanoTime(), idle ? MISSING_NS : LONGEST_MISSING_NS);
            }
        }
    }

    /** Takes one change in; whether none waits. */
    private boolean listen() throws IOException {
        long timeoutMs = missing.isEmpty() ? NEXT_TIMEOUT_MS : MISSING_LOOK_MS;
        RuntimeClient.Change change = client.next(timeoutMs);
        if (change == null) {
            return true;
        }
        switch (change.kind()) {
            case STARTED, CHANGED -> changed(change);
            case ENDED -> tell(new Answer.Ended(change.fullId()));
        }
        return false;
    }

    private void changed(RuntimeClient.Change change) throws IOException {
        Container container = client.inspect(change.fullId());
        Container outline = change.outline();
        if (container != null) {
            described(container);
        } else if (outline != null) {
            missing.remove(outline.fullId());
            tell(new Answer.Outlined(outline));
        }
    }

    private void described(Container container) {
        missing.remove(container.fullId());
        tell(new Answer.Described(container));
    }

    /** A last question for each that was missing for long enough. */
    private void giveUpMissing(long nowNs, long afterNs) throws IOException {
        for (String id : List.copyOf(missing.keySet())) {
            Long since = missing.get(id);
            if (since != null && nowNs - since >= afterNs) {
                missing.remove(id);
                Container container = client.inspect(id);
                tell(container == null ? new Answer.Unknown(id) : new Answer.Described(container));
            }
        }
    }

    private void answer(Question question) throws IOException {
        try {
            Container container = client.inspect(question.fullId());
            if (container != null) {
                described(container);
            } else if (missing.size() < MOST_QUESTIONS) {
                missing.putIfAbsent(question.fullId(), System.nanoTime());
            } else {
                tell(new Answer.Unknown(question.fullId()));
            }
        } catch (IOException e) {
            // Asked again after the pause; one that fails every time must not block the others.
            if (question.attempt() < MOST_ATTEMPTS) {
                unanswered.add(new Question(question.fullId(), question.attempt() + 1));
            } else {
                tell(new Answer.Unknown(question.fullId()));
            }
            throw e;
        }
    }

    private void tell(Answer answer) {
        if (!answers.test(answer)) {
            counters.increment(HostCounter.RUNTIME_ANSWERS_DROPPED);
        }
    }

    private boolean closedWithin(long ms) {
        try {
            return closed.await(ms, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            // Only close interrupts this thread.
            return true;
        }
    }

    private record Question(String fullId, int attempt) {}
}
