// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.catalog;

import dev.torimono.collector.catalog.Catalog.Draft;
import dev.torimono.collector.state.Document;
import dev.torimono.collector.state.Document.Kind;
import dev.torimono.collector.state.Documents;
import dev.torimono.collector.web.ApiException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Several changes at once: first placed among all that is there, then kept together. */
final class Batch {
    private final Map<Kind, List<Document>> wanted = new EnumMap<>(Kind.class);
    private final List<Change> changes = new ArrayList<>();
    private final long nowMs;

    private record Change(@Nullable Document old, Draft draft, Document placed) {}

    /** Among what is there now. */
    Batch(Map<Kind, List<Document>> all, long nowMs) {
        all.forEach((kind, list) -> wanted.put(kind, new ArrayList<>(list)));
        this.nowMs = nowMs;
    }

    /** All that there would be. */
    Map<Kind, List<Document>> wanted() {
        return wanted;
    }

    /**
     * Puts one where it belongs.
     *
     * @throws ApiException when something else stands there by now
     */
    void place(Draft draft) {
        List<Document> list = wanted.computeIfAbsent(draft.kind(), _ -> new ArrayList<>());
        Document old = old(list, draft);
        boolean twice = old != null && changes.stream().anyMatch(one -> one.placed().equals(old));
        if (twice) {
            throw ApiException.invalid(draft.name() + ": is there twice");
        }
        long there = old == null ? 0 : old.version();
        if (draft.version() >= 0 && draft.version() != there) {
            throw ApiException.conflict(
                    draft.name() + ": its version is " + there + " by now; read it again");
        }
        Document placed =
                new Document(
                        old == null ? Long.MAX_VALUE : old.id(),
                        draft.kind(),
                        draft.name(),
                        there + 1,
                        draft.body(),
                        old == null ? nowMs : old.createdMs(),
                        nowMs);
        refuseSecond(list, old, placed);
        if (old == null) {
            list.add(placed);
        } else {
            list.set(list.indexOf(old), placed);
        }
        changes.add(new Change(old, draft, placed));
    }

    private static @Nullable Document old(List<Document> list, Draft draft) {
        if (draft.id() != 0) {
            return list.stream()
                    .filter(one -> one.id() == draft.id())
                    .findFirst()
                    .orElseThrow(
                            () -> ApiException.conflict(draft.name() + ": was removed meanwhile"));
        }
        if (RuleText.appends(draft.body())) {
            return null;
        }
        return list.stream()
                .filter(one -> one.name().equals(draft.name()) && !RuleText.appends(one.body()))
                .findFirst()
                .orElse(null);
    }

    /** Many may append to one name; one may define it. */
    private static void refuseSecond(List<Document> list, @Nullable Document old, Document placed) {
        boolean second =
                !RuleText.appends(placed.body())
                        && list.stream()
                                .filter(one -> !one.equals(old) && !RuleText.appends(one.body()))
                                .anyMatch(one -> one.name().equals(placed.name()));
        if (second) {
            throw ApiException.conflict(
                    "name: there is one of the name " + placed.name() + " already");
        }
    }

    /** To be called within one transaction; gives what was kept, in the order of placing. */
    List<Document> keep(Documents documents, String author) {
        return changes.stream().map(change -> keep(documents, change, author)).toList();
    }

    private static Document keep(Documents documents, Change change, String author) {
        Draft draft = change.draft();
        Document old = change.old();
        if (old == null) {
            return documents.create(draft.kind(), draft.name(), draft.body(), author);
        }
        if (!documents.replace(old, draft.name(), draft.body(), author)) {
            throw ApiException.conflict(draft.name() + ": it was changed meanwhile; read it again");
        }
        return documents.byId(draft.kind(), old.id()).orElseThrow();
    }
}
