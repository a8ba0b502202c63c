// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.scap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.model.Event;
import dev.torimono.model.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Recorded captures yield what is known of them: metadata, and events after conversion. */
class RecordedCapturesTest {
    private static final Set<String> STATE_ONLY =
            Set.of("container", "useradded", "userdeleted", "groupadded", "groupdeleted");

    private final List<Snapshot> snapshots = new ArrayList<>();
    private final Map<String, Integer> types = new TreeMap<>();
    private long last;
    private boolean leading = true;

    @TestFactory
    Stream<DynamicTest> captureYieldsItsKnownEvents() {
        JsonNode captures =
                new ObjectMapper()
                        .readTree(Captures.shared("conformance/captures.json").toFile())
                        .get("scap");
        return captures.valueStream()
                .map(c -> DynamicTest.dynamicTest(c.get("file").asString(), () -> check(c)));
    }

    private void check(JsonNode capture) {
        snapshots.clear();
        types.clear();
        leading = true;
        replay("conformance/" + capture.get("file").asString());
        JsonNode known = capture.get("container");
        Snapshot snapshot = snapshots.getFirst();
        assertThat(snapshot.tasks()).hasSize(known.get("threads").asInt());
        assertThat(snapshot.fds().values().stream().mapToInt(List::size).sum())
                .isEqualTo(known.get("fds").asInt());
        assertThat(snapshot.users()).hasSize(known.get("users").asInt());
        assertThat(snapshot.groups()).hasSize(known.get("groups").asInt());
        assertThat(snapshot.networkInterfaces()).hasSize(known.get("ifaces").asInt());
        assertThat(snapshot.machine().hostname()).hasToString(known.get("hostname").asString());
        assertThat(snapshot.machine().cpus()).isEqualTo(known.get("num_cpus").asInt());
        Map<String, Integer> expected = new TreeMap<>();
        capture.get("evt_types_after_conversion")
                .properties()
                .forEach(e -> expected.put(e.getKey(), e.getValue().asInt()));
        assertThat(types).isEqualTo(expected);
    }

    @Test
    void containerMixHasNoEventLeftOut() {
        replay("peer/container-mix.scap");
        assertThat(types.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(77_892);
        assertThat(last).isEqualTo(77_892);
    }

    private void replay(String path) {
        try (ReplaySensor sensor = ReplaySensor.open(Captures.shared(path), snapshots::add)) {
            int handed = 0;
            while (handed >= 0) {
                handed = sensor.poll(this::count, 0);
            }
        }
    }

    private void count(Event event) {
        last = event.number();
        boolean enter = !event.type().isExit() && "syscall".equals(event.type().origin());
        String name = event.type().name();
        leading &= STATE_ONLY.contains(name);
        if (!enter && !leading) {
            types.merge(name, 1, Integer::sum);
        }
    }
}
