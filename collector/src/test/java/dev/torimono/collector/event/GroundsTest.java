// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class GroundsTest {
    private static ObjectNode told(String condition) {
        ObjectNode told = Json.object().put("condition", condition);
        told.putArray("parts");
        told.putObject("values");
        return told;
    }

    @Test
    void whatIsToldIsTakenOver() {
        ObjectNode told = told("opens and x.y = 1");
        ((ArrayNode) told.get("parts"))
                .addObject()
                .put("from", 0)
                .put("to", 5)
                .put("test", "evt.type = open");
        ((ObjectNode) told.get("values")).put("x.y", 1).putNull("a.b");
        ObjectNode grounds = Grounds.of(told);
        assertThat(grounds).isNotNull();
        assertThat(grounds.at("/parts/0/to").asInt()).isEqualTo(5);
        assertThat(grounds.at("/parts/0/test").asString()).isEqualTo("evt.type = open");
        assertThat(grounds.at("/values/x.y").asString()).isEqualTo("1");
        assertThat(grounds.path("values").get("a.b").isNull()).isTrue();
    }

    @Test
    void whatCannotBeShownIsLeftOut() {
        assertThat(Grounds.of(Json.object())).isNull();
        assertThat(Grounds.of(told("x".repeat(100_000)))).isNull();
        ObjectNode told = told("opens");
        ArrayNode parts = (ArrayNode) told.get("parts");
        parts.addObject().put("from", -1).put("to", 3);
        parts.addObject().put("from", 3).put("to", 2);
        parts.addObject().put("from", 0).put("to", 6);
        parts.addObject().put("from", "a");
        for (int i = 0; i < 200; i++) {
            parts.addObject().put("from", 0).put("to", 5).put("test", "t".repeat(5_000));
        }
        ((ObjectNode) told.get("values")).putArray("list").add("v".repeat(5_000));
        ObjectNode grounds = Grounds.of(told);
        assertThat(grounds).isNotNull();
        assertThat(grounds.path("parts").size()).isEqualTo(64);
        assertThat(grounds.at("/parts/0/test").asString()).hasSize(1024);
        assertThat(grounds.at("/values/list").asString()).hasSize(1024);
    }
}
