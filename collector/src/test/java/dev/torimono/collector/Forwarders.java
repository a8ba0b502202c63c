// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.collector.RunningCollector.Answer;
import dev.torimono.collector.event.Json;
import dev.torimono.collector.store.Sample;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes forwarders over the API, gives them events, and waits for what comes of it. */
final class Forwarders {
    static final String PATH = "/api/v1/forwarders";

    private Forwarders() {}

    static ObjectNode forwarder(String name, String type) {
        ObjectNode body = Json.object().put("name", name).put("type", type);
        body.putObject("options");
        return body;
    }

    static ObjectNode options(ObjectNode forwarder) {
        return (ObjectNode) forwarder.path("options");
    }

    static void tell(RunningCollector collector, String agent, String rule, int... numbers) {
        StringBuilder lines = new StringBuilder();
        for (int number : numbers) {
            ObjectNode line = Json.object().put("key", rule + number);
            line.set("alert", Sample.alert(rule, number));
            lines.append(new String(Json.bytes(line), StandardCharsets.UTF_8)).append('\n');
        }
        Answer answer = collector.call("POST", "/fleet/v1/alerts", agent, lines.toString());
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    /** The path of one that was made. */
    static String made(RunningCollector collector, ObjectNode forwarder) {
        Answer made = collector.post(PATH, collector.admin(), forwarder);
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(Schema.misfits(made.json(), "Forwarder")).isEmpty();
        return PATH + "/" + made.json().path("id").asLong();
    }

    /** Waits until a count of its delivery is large enough. */
    static JsonNode awaitDelivery(RunningCollector collector, String path, String key, long least)
            throws InterruptedException {
        return await(collector, path, delivery -> delivery.path(key).asLong(-1) >= least);
    }

    /** Waits until it has failed. */
    static JsonNode awaitError(RunningCollector collector, String path)
            throws InterruptedException {
        return await(
                collector, path, delivery -> !delivery.path("lastError").asString("").isEmpty());
    }

    private static JsonNode await(
            RunningCollector collector, String path, Predicate<JsonNode> condition)
            throws InterruptedException {
        long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
        while (true) {
            JsonNode delivery = collector.get(path, collector.admin()).json().path("delivery");
            if (condition.test(delivery)) {
                return delivery;
            }
            assertThat(System.nanoTime()).as(delivery.toString()).isLessThan(endNs);
            Thread.sleep(50);
        }
    }
}
