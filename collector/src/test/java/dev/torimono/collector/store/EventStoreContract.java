// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.store;

import static dev.torimono.collector.store.Sample.event;
import static dev.torimono.collector.store.Sample.ns;
import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.collector.event.Triage;
import dev.torimono.collector.query.Filter;
import dev.torimono.collector.query.FilterParser;
import dev.torimono.collector.store.EventStore.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** What every event store does. */
public abstract class EventStoreContract {
    private static final long DAY_S = 86_400;
    private static final long NOW_NS = ns(3 * DAY_S);

    private EventStore store = new MemoryEventStore();

    protected abstract EventStore open();

    @BeforeEach
    void begin() {
        store = open();
    }

    @AfterEach
    void end() {
        store.close();
    }

    private static EventRange like(String filter) {
        return new EventRange(0, Long.MAX_VALUE, FilterParser.parse(filter));
    }

    private List<String> rules(EventPage page) {
        return page.events().stream().map(found -> text(found.body(), "\"ruleName\":\"")).toList();
    }

    private static String text(byte[] body, String after) {
        String json = new String(body, java.nio.charset.StandardCharsets.UTF_8);
        int from = json.indexOf(after) + after.length();
        return json.substring(from, json.indexOf('"', from));
    }

    private List<String> arrived(ArrivalPage page) {
        return page.events().stream().map(found -> text(found.body(), "\"ruleName\":\"")).toList();
    }

    @Test
    void eventsAreReadOnInTheOrderOfTheirArrivalWheneverTheyHappened() {
        store.append(List.of(event("b", 2 * DAY_S), event("c", 2 * DAY_S + 1)));
        ArrivalPage first = store.arrived(0, Filter.ALL, 1);
        assertThat(arrived(first)).containsExactly("b");
        store.append(List.of(event("late", 5), event("d", 2 * DAY_S + 2)));
        store.append(List.of(event("b", 2 * DAY_S)));
        ArrivalPage second = store.arrived(first.upTo(), Filter.ALL, 10);
        assertThat(arrived(second)).containsExactly("c", "late", "d");
        assertThat(second.upTo()).isEqualTo(store.arrivals());
        assertThat(store.arrived(second.upTo(), Filter.ALL, 10).events()).isEmpty();
        assertThat(store.arrivedAfter(first.upTo(), Filter.ALL)).isEqualTo(3);
    }

    @Test
    void aChangedEventKeepsItsPlaceInTheOrderOfArrival() {
        StoredEvent early = event("a", 1);
        store.append(List.of(early, event("b", 2)));
        long end = store.arrivals();
        store.change(List.of(early.id()), closing("alice"));
        assertThat(store.arrived(end, Filter.ALL, 10).events()).isEmpty();
        assertThat(arrived(store.arrived(0, Filter.ALL, 10))).containsExactly("a", "b");
    }

    @Test
    void whatAFilterLeavesOutOfTheOrderIsPassedOver() {
        Filter late = FilterParser.parse("ruleName = late");
        store.append(List.of(event("a", 1), event("late", 2), event("b", 3)));
        ArrivalPage page = store.arrived(0, late, 10);
        assertThat(arrived(page)).containsExactly("late");
        assertThat(page.upTo()).isEqualTo(store.arrivals());
        assertThat(store.arrivedAfter(0, late)).isEqualTo(1);
    }

    @Test
    void anEmptyStoreFindsNothing() {
        assertThat(store.find(EventRange.ALL, null, Direction.OLDER, 10))
                .isEqualTo(new EventPage(List.of(), 0, false));
        assertThat(store.counts(EventRange.ALL, "severity", 10)).isEmpty();
        assertThat(store.histogram(EventRange.ALL, 1, "severity")).isEmpty();
        assertThat(store.byId(new EventId(1, 1))).isEmpty();
    }

    @Test
    void whatWasAppendedIsFoundNewestFirst() {
        assertThat(store.append(List.of(event("a", 0), event("c", 2 * DAY_S), event("b", 1))))
                .isEqualTo(3);
        EventPage page = store.find(EventRange.ALL, null, Direction.OLDER, 10);
        assertThat(rules(page)).containsExactly("c", "b", "a");
        assertThat(page.total()).isEqualTo(3);
        assertThat(page.more()).isFalse();
    }

    @Test
    void anEventToldAgainIsKeptOnce() {
        StoredEvent event = event("a", 0);
        assertThat(store.append(List.of(event, event, event("b", 0)))).isEqualTo(2);
        assertThat(store.append(List.of(event))).isZero();
        store.find(EventRange.ALL, null, Direction.OLDER, 1);
        assertThat(store.append(List.of(event, event("c", 5)))).isEqualTo(1);
        assertThat(store.count(EventRange.ALL)).isEqualTo(3);
    }

    @Test
    void anEventIsFoundByItsId() {
        StoredEvent event = event("a", 7);
        store.append(List.of(event, event("b", 7)));
        assertThat(store.byId(event.id())).hasValue(event.body());
    }

    @Test
    void cursorsWalkThroughEverythingBothWays() {
        List<StoredEvent> events = new ArrayList<>();
        // Many of one moment, and two days.
        IntStream.range(0, 25)
                .forEach(i -> events.add(Sample.event(Sample.alert("r" + i, 5), "k" + i)));
        IntStream.range(0, 25).forEach(i -> events.add(event("s" + i, DAY_S + i / 3)));
        store.append(events);
        List<Found> down = new ArrayList<>();
        EventPage page = store.find(EventRange.ALL, null, Direction.OLDER, 7);
        down.addAll(page.events());
        while (page.more()) {
            page = store.find(EventRange.ALL, down.getLast().id(), Direction.OLDER, 7);
            down.addAll(page.events());
            assertThat(page.total()).isEqualTo(50);
        }
        assertThat(down).hasSize(50);
        assertThat(down.stream().map(Found::id).distinct()).hasSize(50);
        assertThat(down.reversed().stream().map(Found::id)).isSorted();
        EventPage up = store.find(EventRange.ALL, down.get(30).id(), Direction.NEWER, 7);
        assertThat(up.events().stream().map(Found::id))
                .containsExactlyElementsOf(down.subList(23, 30).stream().map(Found::id).toList());
        assertThat(up.more()).isTrue();
        assertThat(store.find(EventRange.ALL, down.get(3).id(), Direction.NEWER, 7).more())
                .isFalse();
    }

    @Test
    void aRangeIncludesItsBounds() {
        store.append(IntStream.range(0, 10).mapToObj(i -> event("r" + i, i)).toList());
        EventRange range = new EventRange(ns(3), ns(5), Filter.ALL);
        assertThat(rules(store.find(range, null, Direction.OLDER, 10)))
                .containsExactly("r5", "r4", "r3");
        assertThat(store.count(range)).isEqualTo(3);
        assertThat(store.count(new EventRange(ns(5), ns(3), Filter.ALL))).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "severity in (\"0\",\"5\") and ruleName contains \"SHELL\"",
                "ruleName = \"Terminal shell\"",
                "ruleName startsWith term and not container.name exists",
                "severity <= 3 or priority = Debug",
                "severity > 3 and severity < 7",
                "host.hostName != \"web-1\"",
                "container.name not in (nginx, redis)",
                "freeText = \"shadow bash\"",
                "freeText != \"shad\"",
                "proc.cmdline contains \"-c I\" or proc.name = sh",
                "ruleTags = container and engine = falco",
                "not (severity = 5 or container.name starts with ng)",
                "name contains 'no such' or agentId = agent-1",
                "container.name contains \"é\\\"x\" or ruleName contains \"日本\"",
            })
    void filtersFindWhatTheyMean(String filter) {
        MemoryEventStore plain = new MemoryEventStore();
        List<StoredEvent> events = varied(300);
        store.append(events);
        plain.append(events);
        EventRange range = like(filter);
        EventPage expected = plain.find(range, null, Direction.OLDER, 1000);
        EventPage actual = store.find(range, null, Direction.OLDER, 1000);
        assertThat(actual.events().stream().map(Found::id))
                .containsExactlyElementsOf(expected.events().stream().map(Found::id).toList());
        assertThat(actual.total()).isEqualTo(expected.total());
        assertThat(store.counts(range, "ruleName", 3))
                .isEqualTo(plain.counts(range, "ruleName", 3));
        assertThat(store.groups(range, "ruleName")).isEqualTo(plain.groups(range, "ruleName"));
        assertThat(store.histogram(range, ns(1) - ns(0), "severity"))
                .isEqualTo(plain.histogram(range, ns(1) - ns(0), "severity"));
    }

    /** Events of many kinds, the same at every run. */
    private static List<StoredEvent> varied(int count) {
        Random random = new Random(42);
        String[] rules = {"Terminal shell", "terminal x", "Read file", "日本語 rule", "Drop"};
        String[] priorities = {"Critical", "Error", "Notice", "Debug", "odd"};
        String[] names = {"nginx", "redis", "é\"x", "<NA>", "ng"};
        List<StoredEvent> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ObjectNode alert = Sample.alert(rules[random.nextInt(5)], random.nextInt(200_000));
            alert.put("priority", priorities[random.nextInt(5)]);
            alert.put("hostname", "web-" + random.nextInt(3));
            ObjectNode fields = (ObjectNode) alert.get("output_fields");
            fields.put("container.name", names[random.nextInt(5)]);
            fields.put("proc.name", random.nextBoolean() ? "sh" : "bash");
            fields.put("proc.cmdline", random.nextBoolean() ? "sh -C ID" : "run /x/shadow.txt");
            events.add(Sample.event(alert, "k" + i));
        }
        return events;
    }

    @Test
    void countsOrderByFrequencyAndAreCut() {
        store.append(
                List.of(event("b", 0), event("b", 1), event("a", 2), event("c", 3), event("c", 4)));
        assertThat(store.counts(EventRange.ALL, "ruleName", 2))
                .containsExactly(Map.entry("b", 2L), Map.entry("c", 2L));
        assertThat(store.counts(EventRange.ALL, "ruleTags", 5))
                .containsExactly(Map.entry("container", 5L), Map.entry("mitre_execution", 5L));
    }

    @Test
    void whatIsTooOldGoes() {
        store.append(List.of(event("old", 0), event("young", 2 * DAY_S)));
        Retention aDay = new Retention(TimeUnit.DAYS.toNanos(1), Long.MAX_VALUE);
        assertThat(store.expire(aDay, NOW_NS)).isEqualTo(1);
        assertThat(rules(store.find(EventRange.ALL, null, Direction.OLDER, 10)))
                .containsExactly("young");
        assertThat(store.append(List.of(event("again", 0)))).isEqualTo(1);
    }

    private static EventStore.Change closing(String by) {
        return body ->
                Triage.moved(body, Triage.Status.CLOSED, new Triage.Author(by, 1), "because");
    }

    @Test
    void whatIsPutInPlaceOfAnEventIsFoundInstead() {
        StoredEvent event = event("a", 0);
        store.append(List.of(event, event("b", 1), event("c", 2 * DAY_S)));
        EventId nobody = new EventId(1, 1);
        assertThat(store.change(List.of(event.id(), nobody), closing("alice")))
                .isEqualTo(new EventStore.Changed(1, 1));
        assertThat(store.count(EventRange.ALL)).isEqualTo(3);
        assertThat(rules(store.find(like("status = closed"), null, Direction.OLDER, 9)))
                .containsExactly("a");
        assertThat(rules(store.find(like("status = open"), null, Direction.OLDER, 9)))
                .containsExactly("c", "b");
        assertThat(store.counts(EventRange.ALL, "status", 9))
                .containsExactly(Map.entry("open", 2L), Map.entry("closed", 1L));
        assertThat(text(store.byId(event.id()).orElseThrow(), "\"by\":\"")).isEqualTo("alice");
    }

    @Test
    void aChangeMayLeaveEventsAlone() {
        StoredEvent event = event("a", 0);
        store.append(List.of(event));
        store.change(List.of(event.id()), closing("alice"));
        assertThat(store.change(List.of(event.id()), closing("bob")))
                .isEqualTo(new EventStore.Changed(0, 0));
        assertThat(store.count(like("statusBy = alice"))).isEqualTo(1);
    }

    @Test
    void anEventThatWasChangedIsNotTakenAgain() {
        StoredEvent event = event("a", 0);
        store.append(List.of(event));
        store.change(List.of(event.id()), closing("alice"));
        assertThat(store.append(List.of(event))).isZero();
        assertThat(store.count(like("status = closed"))).isEqualTo(1);
        assertThat(store.count(EventRange.ALL)).isEqualTo(1);
    }

    @Test
    void longAndOddValuesAreKeptWhole() {
        ObjectNode alert = Sample.alert("x".repeat(40_000), 0);
        ((ObjectNode) alert.get("output_fields"))
                .put("proc.cmdline", "\u0000 \ud800 é".repeat(20_000));
        StoredEvent event = Sample.event(alert, "k");
        store.append(List.of(event));
        assertThat(store.byId(event.id())).hasValue(event.body());
        assertThat(store.count(like("ruleName startsWith xxx"))).isEqualTo(1);
    }
}
