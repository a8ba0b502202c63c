// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector;

import dev.torimono.collector.forward.ForwarderState;
import dev.torimono.collector.forward.Forwarders;
import dev.torimono.collector.state.Document;
import dev.torimono.collector.state.Document.Kind;
import dev.torimono.collector.state.Documents;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToLongFunction;

/** What forwarders count, each with its name. */
final class ForwardMetrics {
    private final Documents documents;
    private final Forwarders forwarders;

    ForwardMetrics(Documents documents, Forwarders forwarders) {
        this.documents = documents;
        this.forwarders = forwarders;
    }

    void append(StringBuilder text) {
        Map<String, ForwarderState> states = new LinkedHashMap<>();
        for (Document forwarder : documents.all(Kind.FORWARDER)) {
            states.put(forwarder.name(), forwarders.state(forwarder.id()));
        }
        if (states.isEmpty()) {
            return;
        }
        Metrics.help(text, "forwarded_total", "counter", "Events that a target took.");
        lines(text, "forwarded_total", states, ForwarderState::delivered);
        Metrics.help(text, "forward_refused_total", "counter", "Events it will never take.");
        lines(text, "forward_refused_total", states, ForwarderState::refused);
        Metrics.help(text, "forward_lost_total", "counter", "Events let go of before that.");
        lines(text, "forward_lost_total", states, ForwarderState::lost);
        Metrics.help(text, "forward_waiting", "gauge", "Events it is still to take.");
        lines(text, "forward_waiting", states, ForwarderState::waiting);
        Metrics.help(text, "forward_behind_seconds", "gauge", "How far it is behind.");
        lines(text, "forward_behind_seconds", states, ForwarderState::behindSeconds);
        Metrics.help(text, "forward_up", "gauge", "1 while nothing is wrong.");
        lines(text, "forward_up", states, state -> state.lastError().isEmpty() ? 1 : 0);
    }

    private static void lines(
            StringBuilder text,
            String metric,
            Map<String, ForwarderState> states,
            ToLongFunction<ForwarderState> value) {
        states.forEach(
                (name, state) ->
                        text.append("torimono_" + metric + "{forwarder=\"")
                                .append(
                                        name.replace("\\", "\\\\")
                                                .replace("\"", "\\\"")
                                                .replace("\n", "\\n"))
                                .append("\"} ")
                                .append(value.applyAsLong(state))
                                .append('\n'));
    }
}
