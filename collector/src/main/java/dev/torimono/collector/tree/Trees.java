// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.tree;

import dev.torimono.collector.event.Json;
import dev.torimono.collector.query.Filter;
import dev.torimono.collector.store.EventId;
import dev.torimono.collector.store.EventPage;
import dev.torimono.collector.store.EventRange;
import dev.torimono.collector.store.EventStore;
import dev.torimono.collector.store.EventStore.Direction;
import dev.torimono.collector.store.Found;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Finds what there is to tell of the tree around an event. Any thread. */
public final class Trees {
    private static final int MOST_DEEDS = 5000;
    private static final int MOST_ALERTS = 500;
    private static final int MOST_GENERATIONS = 16;
    private static final int TOGETHER = 1000;

    private final EventStore events;
    private final EventStore activity;

    /**
     * @param activity what agents told of trees
     */
    public Trees(EventStore events, EventStore activity) {
        this.events = events;
        this.activity = activity;
    }

    /** Only who started whom; empty when the event tells no lineage. */
    public Optional<ObjectNode> branch(ObjectNode event) {
        if (Tree.lineage(event).isEmpty()) {
            return Optional.empty();
        }
        Tree tree = new Tree(event);
        tree.alert(event);
        return Optional.of(about(event, tree.json(), 0));
    }

    /**
     * Everything that is known.
     *
     * @param aroundNs how long before and after the event
     */
    public Optional<ObjectNode> whole(ObjectNode event, long aroundNs) {
        if (Tree.lineage(event).isEmpty()) {
            return Optional.empty();
        }
        Tree tree = new Tree(event);
        String agent = Deeds.text(event, "agentId");
        String container = Deeds.text(event, "containerId");
        long timeNs = event.path("timestamp").asLong(0);
        Span span = new Span(Math.max(timeNs - aroundNs, 0), timeNs + aroundNs);
        Filter ofAgent = is("agentId", List.of(agent));
        List<ObjectNode> deeds =
                container.isEmpty()
                        ? family(tree, span, ofAgent)
                        : all(
                                activity,
                                span,
                                ofAgent,
                                is(Deeds.CONTAINER, List.of(container)),
                                MOST_DEEDS,
                                tree);
        // Oldest first: what is told later is what it became.
        deeds.reversed().forEach(tree::add);
        Filter place =
                container.isEmpty()
                        ? new Filter.Not(new Filter.Exists("containerId"))
                        : is("containerId", List.of(container));
        for (ObjectNode alert : all(events, span, ofAgent, place, MOST_ALERTS, null).reversed()) {
            if (!container.isEmpty() || isOfFamily(tree, alert)) {
                tree.alert(alert);
            }
        }
        if (events.byId(id(event)).isEmpty()) {
            tree.alert(event);
        }
        return Optional.of(about(event, tree.json(), aroundNs));
    }

    private record Span(long fromNs, long toNs) {}

    private static EventId id(ObjectNode event) {
        EventId id = EventId.parse(Deeds.text(event, "id"));
        return id == null ? new EventId(0, 0) : id;
    }

    private static boolean isOfFamily(Tree tree, ObjectNode alert) {
        String family = tree.family();
        Set<String> of = new HashSet<>();
        of.add(tree.focus());
        if (family != null) {
            of.add(family);
        }
        return Tree.lineage(alert).stream().anyMatch(process -> of.contains(process.id()));
    }

    /** On the host: who descends from the parent of the process, a generation at a time. */
    private List<ObjectNode> family(Tree tree, Span span, Filter ofAgent) {
        List<ObjectNode> deeds = new ArrayList<>();
        Set<String> met = new HashSet<>();
        String family = tree.family();
        List<String> next =
                new ArrayList<>(
                        family == null ? List.of(tree.focus()) : List.of(family, tree.focus()));
        met.addAll(next);
        for (int i = 0; i < MOST_GENERATIONS && !next.isEmpty(); i++) {
            Filter ofThese =
                    new Filter.Or(List.of(is(Deeds.PROCESS, next), is(Deeds.PARENT, next)));
            List<ObjectNode> found =
                    all(activity, span, ofAgent, ofThese, MOST_DEEDS - deeds.size(), tree);
            next = new ArrayList<>();
            for (ObjectNode deed : found) {
                String process = ToldProcess.of(deed).id();
                if (met.add(process)) {
                    next.add(process);
                }
            }
            deeds.addAll(found);
        }
        return deeds.stream()
                .distinct()
                .sorted(java.util.Comparator.comparing(Trees::id).reversed())
                .toList();
    }

    private static Filter is(String attribute, List<String> values) {
        return new Filter.In(attribute, values);
    }

    /** Newest first; counts for the tree what there was no room for. */
    private static List<ObjectNode> all(
            EventStore store,
            Span span,
            Filter one,
            Filter other,
            int most,
            @Nullable Tree counting) {
        EventRange range =
                new EventRange(span.fromNs(), span.toNs(), new Filter.And(List.of(one, other)));
        List<ObjectNode> all = new ArrayList<>();
        EventId cursor = null;
        boolean more = most > 0;
        long total = 0;
        while (more && all.size() < most) {
            EventPage page =
                    store.find(
                            range, cursor, Direction.OLDER, Math.min(TOGETHER, most - all.size()));
            Stream<ObjectNode> bodies = page.events().stream().map(Found::body).map(Json::object);
            bodies.forEach(all::add);
            cursor = page.events().isEmpty() ? null : page.events().getLast().id();
            more = page.more() && cursor != null;
            total = page.total();
        }
        if (counting != null && total > all.size()) {
            counting.leaveOut(total - all.size());
        }
        return all;
    }

    private static ObjectNode about(ObjectNode event, ObjectNode tree, long aroundNs) {
        long timeNs = event.path("timestamp").asLong(0);
        ObjectNode json = Json.object();
        json.put("eventId", Deeds.text(event, "id"));
        json.put("agentId", Deeds.text(event, "agentId"));
        json.put("hostName", event.path("labels").path("host.hostName").asString(""));
        json.put("containerId", Deeds.text(event, "containerId"));
        json.put("from", Math.max(timeNs - aroundNs, 0));
        json.put("to", timeNs + aroundNs);
        json.setAll(tree);
        return json;
    }
}
