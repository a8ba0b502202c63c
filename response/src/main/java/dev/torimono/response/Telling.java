// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response;

import dev.torimono.model.ActionResult;
import dev.torimono.model.ActionResult.Status;
import dev.torimono.model.Verdict;
import dev.torimono.response.action.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One alert waiting for the results of its actions: told when the last one is in or when the wait
 * is over, whichever is first. Any thread.
 */
final class Telling {
    private final Reply reply;
    private final ResponseCounters counters;
    private final List<Verdict> verdicts;
    private final Consumer<Telling> onTold;
    private final List<String> types = new ArrayList<>(2);
    private final List<@Nullable ActionResult> results = new ArrayList<>(2);
    private int waitingFor;
    private boolean told;

    /**
     * @param onTold hears of the moment it is told
     */
    Telling(
            Reply reply,
            ResponseCounters counters,
            List<Verdict> verdicts,
            Consumer<Telling> onTold) {
        this.onTold = onTold;
        this.reply = reply;
        this.counters = counters;
        this.verdicts = new ArrayList<>(verdicts);
    }

    /** Announces an action; returns its number. */
    synchronized int expect(String type) {
        types.add(type);
        results.add(null);
        waitingFor++;
        return types.size() - 1;
    }

    /** Announces that a verdict may be added. */
    synchronized void expectVerdicts() {
        waitingFor++;
    }

    /** Adds verdicts that were open. */
    synchronized void verdicts(List<Verdict> more) {
        waitingFor--;
        if (!told) {
            verdicts.addAll(more);
            tellWhenComplete();
        } else if (!more.isEmpty()) {
            reply.decided(more);
        }
    }

    /** The result of an action. */
    synchronized void result(int number, Outcome outcome, double latencyMs) {
        count(outcome.status());
        ActionResult result =
                new ActionResult(types.get(number), outcome.status(), outcome.reason(), latencyMs);
        results.set(number, result);
        waitingFor--;
        if (told) {
            counters.increment(ResponseCounter.RESULTS_LATE);
            reply.late(result);
        } else {
            tellWhenComplete();
        }
    }

    /** Nothing more will be expected: tell at once when all is in. */
    synchronized void tellWhenComplete() {
        if (waitingFor == 0 && !told) {
            tell();
        }
    }

    /** The wait is over. */
    synchronized void tellNow() {
        if (!told) {
            counters.increment(ResponseCounter.TOLD_PENDING);
            tell();
        }
    }

    private void tell() {
        told = true;
        onTold.accept(this);
        List<ActionResult> all = new ArrayList<>(results.size());
        for (int i = 0; i < results.size(); i++) {
            ActionResult result = results.get(i);
            all.add(
                    result != null
                            ? result
                            : ActionResult.of(types.get(i), Status.PENDING, "still under way"));
        }
        reply.told(List.copyOf(verdicts), all);
    }

    private void count(Status status) {
        switch (status) {
            case DONE -> counters.increment(ResponseCounter.ACTIONS_DONE);
            case FAILED -> counters.increment(ResponseCounter.ACTIONS_FAILED);
            case REFUSED -> counters.increment(ResponseCounter.ACTIONS_REFUSED);
            case MONITORED -> counters.increment(ResponseCounter.ACTIONS_MONITORED);
            case PENDING -> {}
        }
    }
}
