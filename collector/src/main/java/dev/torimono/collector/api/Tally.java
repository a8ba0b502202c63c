// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.api;

import dev.torimono.collector.event.Json;
import dev.torimono.response.past.PastFinding;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How many events got which answer, with the first ones as examples. */
final class Tally {
    private static final int MOST_EXAMPLES = 100;
    private static final int MOST_VALUES = 20;
    private static final String NOTHING = "nothing";

    private final Map<String, Long> answers = new HashMap<>();
    private final Map<String, Long> places = new HashMap<>();
    private final Map<String, Long> rules = new HashMap<>();
    private final ArrayNode examples = Json.array();
    private int judged;
    private long oldestNs;
    private boolean truncated;

    void add(ObjectNode event, PastFinding finding, String answer) {
        judged++;
        oldestNs = finding.timeNs();
        answers.merge(answer, 1L, Long::sum);
        if (answer.equals(NOTHING)) {
            return;
        }
        places.merge(finding.place(), 1L, Long::sum);
        rules.merge(finding.rule(), 1L, Long::sum);
        if (examples.size() < MOST_EXAMPLES) {
            examples.addObject()
                    .put("id", finding.id())
                    .put("answer", answer)
                    .put("timestamp", finding.timeNs())
                    .put("severity", event.path("severity").asInt(7))
                    .put("ruleName", finding.rule())
                    .put("place", finding.place())
                    .put("process", finding.process());
        }
    }

    int judged() {
        return judged;
    }

    long count(String answer) {
        return answers.getOrDefault(answer, 0L);
    }

    /** Whether there were more events than are judged at a time. */
    void truncated(boolean value) {
        truncated = value;
    }

    ObjectNode json() {
        ObjectNode json = Json.object();
        json.put("judged", judged);
        json.put("truncated", truncated);
        json.put("oldest", oldestNs);
        json.put("covered", count("covered"));
        json.put("exempt", count("exempt"));
        json.put("matched", count("matched"));
        json.put("notMatched", count("not matched"));
        json.put("unknown", count("unknown"));
        json.set("places", top(places));
        json.set("rules", top(rules));
        json.set("events", examples);
        return json;
    }

    private static ArrayNode top(Map<String, Long> counts) {
        ArrayNode top = Json.array();
        counts.entrySet().stream()
                .sorted(
                        Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                                .thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST_VALUES)
                .forEach(
                        one ->
                                top.addObject()
                                        .put("name", one.getKey())
                                        .put("count", one.getValue()));
        return top;
    }
}
