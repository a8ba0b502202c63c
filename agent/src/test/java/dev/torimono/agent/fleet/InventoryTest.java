// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.model.Container;
import dev.torimono.model.Enforcement.Armed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class InventoryTest {
    private static Container container(String id, String name, Map<String, String> labels) {
        return new Container(
                id.substring(0, Math.min(12, id.length())),
                id,
                name,
                "docker",
                "nginx:1",
                "",
                "nginx",
                "1",
                "",
                false,
                labels,
                List.of(),
                "",
                5,
                false,
                true,
                false,
                "",
                new Container.Pod("shop-1", "store", "", "", Map.of("app", "shop"), ""),
                false);
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> list(Map<String, Object> told) {
        return (List<Map<String, Object>>) Objects.requireNonNull(told.get("list"));
    }

    @Test
    void tellsWhatScopesAskAndHowItIsArmed() {
        Map<String, Object> told =
                Inventory.of(
                        List.of(
                                container("b1", "shop", Map.of()),
                                Container.pending("a1", "docker")),
                        List.of(new Armed("b1", 7, 2, "overlay", "")));
        assertThat(told).containsEntry("total", 2L).containsEntry("pending", 1L);
        assertThat(list(told).get(0))
                .isEqualTo(Map.of("id", "a1", "runtime", "docker", "pending", true));
        assertThat(list(told).get(1))
                .containsEntry("name", "shop")
                .containsEntry("hostNetwork", true)
                .containsEntry("privileged", false)
                .doesNotContainKeys("pending", "labels", "ip")
                .containsEntry(
                        "pod",
                        Map.of(
                                "name",
                                "shop-1",
                                "namespace",
                                "store",
                                "labels",
                                Map.of("app", "shop")))
                .containsEntry("armed", Map.of("sinceNs", 7L, "mounts", 2L, "storage", "overlay"));
    }

    @Test
    void isTheSameInWhateverOrderTheyCome() {
        Container one = container("a1", "shop", Map.of("x", "1", "y", "2"));
        Container other = container("b1", "pay", Map.of());
        assertThat(Inventory.of(List.of(one, other), List.of()))
                .isEqualTo(Inventory.of(List.of(other, one), List.of()));
    }

    @Test
    void isBounded() {
        Map<String, String> labels = new HashMap<>();
        for (int i = 0; i < 100; i++) {
            labels.put("label-" + i, "v".repeat(600));
        }
        Map<String, Object> cut =
                list(Inventory.of(List.of(container("a1", "shop", labels)), List.of())).getFirst();
        assertThat((Map<?, ?>) cut.get("labels")).hasSize(Inventory.MOST_LABELS);
        assertThat(
                        String.valueOf(
                                ((Map<?, ?>) Objects.requireNonNull(cut.get("labels")))
                                        .get("label-0")))
                .hasSize(Inventory.MOST_CHARS);

        List<Container> many = new ArrayList<>();
        List<Container> large = new ArrayList<>();
        for (int i = 0; i < 1500; i++) {
            many.add(container("a" + i, "shop", Map.of()));
            large.add(container("a" + i, "shop", labels));
        }
        Map<String, Object> told = Inventory.of(many, List.of());
        assertThat(told).containsEntry("total", 1500L);
        assertThat(list(told)).hasSize(Inventory.MOST);
        assertThat(list(Inventory.of(large, List.of())).toString().length())
                .isBetween(1, Inventory.ROOM_CHARS + 10_000);
    }
}
