// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.catalog;

import dev.torimono.collector.catalog.DraftItem.DraftException;
import dev.torimono.collector.event.Json;
import dev.torimono.collector.state.Document;
import dev.torimono.collector.state.Document.Kind;
import dev.torimono.collector.state.Documents;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import tools.jackson.databind.node.ObjectNode;

/** Documents as YAML: written for whoever changes them, and read back before anything is kept. */
public final class Editing {
    /**
     * What is wrong with a text.
     *
     * @param error whether it keeps the text from being taken; else it is only doubtful
     * @param line from 1; 0 for what stands nowhere in it
     * @param column from 1; 0 for all of the line
     */
    public record Fault(boolean error, int line, int column, String message) {}

    /**
     * An item of a text, as the API has it.
     *
     * @param line where it begins, from 1
     * @param old what it would take the place of; null when it is new
     */
    public record Item(Kind kind, String name, int line, ObjectNode body, @Nullable Document old) {}

    /** A text, read. */
    public record Draft(List<Fault> faults, List<Item> items) {
        public Draft {
            faults = List.copyOf(faults);
            items = List.copyOf(items);
        }
    }

    private final Documents documents;
    private final Shipped shipped;

    public Editing(Documents documents, Shipped shipped) {
        this.documents = documents;
        this.shipped = shipped;
    }

    /** A document as an item of a rules file, or as a policies file. */
    public String yaml(Document document) {
        if (document.kind() == Kind.POLICY) {
            ObjectNode file = Json.object();
            file.putArray("policies").add(PolicyText.policy(document, this::channelName));
            return YamlText.of(file);
        }
        return YamlText.of(Json.array().add(ordered(RuleText.item(document))));
    }

    /** What it is comes before when it holds; what appends says so as files do today. */
    private static ObjectNode ordered(ObjectNode item) {
        ObjectNode ordered = Json.object();
        List<String> first = List.of("rule", "macro", "list", "desc", "condition");
        first.stream().filter(item::has).forEach(key -> ordered.set(key, item.get(key)));
        ordered.setAll(item);
        if (item.path("append").asBoolean(false)) {
            ordered.remove("append");
            ObjectNode override = ordered.putObject("override");
            DraftItem.APPENDED.stream()
                    .filter(item::has)
                    .forEach(key -> override.put(key, "append"));
        }
        return ordered;
    }

    private String channelName(long id) {
        return documents.byId(Kind.CHANNEL, id).map(Document::name).orElse("");
    }

    private long channelId(String name) {
        return documents.named(Kind.CHANNEL, name).stream()
                .findFirst()
                .map(Document::id)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "notify: there is no notification channel \""
                                                + name
                                                + "\""));
    }

    /**
     * Reads rules, macros and lists, and loads them with everything else as they would be kept.
     *
     * @param replaces the document that the text is an edition of; 0 for none
     */
    public Draft rules(String text, long replaces) {
        List<Fault> faults = new ArrayList<>();
        List<DraftItem> written = read(() -> DraftItem.rules(text), faults);
        List<Item> items = new ArrayList<>();
        for (DraftItem one : written) {
            try {
                items.add(item(one, one.body(), written.size() == 1 ? replaces : 0));
            } catch (DraftException e) {
                faults.add(new Fault(true, e.line() + 1, 0, String.valueOf(e.getMessage())));
            }
        }
        refuseShipped(items, faults);
        refuseTwice(items, faults);
        if (faults.isEmpty() && !written.isEmpty()) {
            faults.addAll(
                    DraftRules.of(text, written)
                            .load(
                                    kept(Kind.LIST, items),
                                    kept(Kind.MACRO, items),
                                    kept(Kind.RULE, items)));
        }
        return new Draft(faults, items);
    }

    /** The same for policies. */
    public Draft policies(String text, long replaces) {
        List<Fault> faults = new ArrayList<>();
        List<DraftItem> written = read(() -> DraftItem.policies(text), faults);
        PolicyReading reading = new PolicyReading(this::channelId);
        List<Item> items = new ArrayList<>();
        for (DraftItem one : written) {
            try {
                ObjectNode body = reading.body(one.item());
                items.add(item(one, body, written.size() == 1 ? replaces : 0));
            } catch (IllegalArgumentException e) {
                faults.add(new Fault(true, one.line() + 1, 0, String.valueOf(e.getMessage())));
            }
        }
        refuseShipped(items, faults);
        refuseTwice(items, faults);
        if (faults.isEmpty() && !written.isEmpty()) {
            String rules =
                    RuleText.of(
                            documents.all(Kind.LIST),
                            documents.all(Kind.MACRO),
                            documents.all(Kind.RULE));
            String others = PolicyText.of(kept(Kind.POLICY, items), this::channelName);
            faults.addAll(Soundness.faults(Soundness.rules(rules), others, text));
        }
        return new Draft(faults, items);
    }

    @FunctionalInterface
    private interface Reading {
        List<DraftItem> read();
    }

    private static List<DraftItem> read(Reading reading, List<Fault> faults) {
        try {
            return reading.read();
        } catch (DraftException e) {
            faults.add(new Fault(true, e.line() + 1, 0, String.valueOf(e.getMessage())));
        } catch (MarkedYamlEngineException e) {
            int[] at =
                    e.getProblemMark()
                            .map(mark -> new int[] {mark.getLine() + 1, mark.getColumn() + 1})
                            .orElse(new int[] {0, 0});
            faults.add(new Fault(true, at[0], at[1], "no YAML: " + e.getProblem()));
        } catch (YamlEngineException | IllegalArgumentException e) {
            faults.add(new Fault(true, 0, 0, "no YAML: " + e.getMessage()));
        }
        return List.of();
    }

    private Item item(DraftItem written, ObjectNode body, long replaces) {
        Document old = replaces == 0 ? null : documents.byId(written.kind(), replaces).orElse(null);
        if (old == null && !written.appends()) {
            old =
                    documents.named(written.kind(), written.name()).stream()
                            .filter(one -> !RuleText.appends(one))
                            .findFirst()
                            .orElse(null);
        }
        return new Item(written.kind(), written.name(), written.line() + 1, body, old);
    }

    private void refuseShipped(List<Item> items, List<Fault> faults) {
        for (Item item : items) {
            Document draft = new Document(0, item.kind(), item.name(), 1, item.body(), 0, 0);
            if (!RuleText.appends(draft) && !shipped.named(item.kind(), item.name()).isEmpty()) {
                faults.add(
                        new Fault(
                                true,
                                item.line(),
                                0,
                                item.name()
                                        + " comes with the program and is not changed: append to"
                                        + " it, or choose another name"));
            }
        }
    }

    private static void refuseTwice(List<Item> items, List<Fault> faults) {
        Set<String> names = new HashSet<>();
        for (Item item : items) {
            if (!RuleText.appends(item.body()) && !names.add(item.kind() + " " + item.name())) {
                faults.add(
                        new Fault(true, item.line(), 0, item.name() + " is there twice: keep one"));
            }
        }
    }

    /** What stays of a kind beside the items. */
    private List<Document> kept(Kind kind, List<Item> items) {
        return documents.all(kind).stream()
                .filter(one -> items.stream().noneMatch(item -> isOf(one, item)))
                .toList();
    }

    private static boolean isOf(Document one, Item item) {
        return item.old() != null && item.old().id() == one.id();
    }
}
