// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.api;

import dev.torimono.collector.catalog.Catalog;
import dev.torimono.collector.catalog.Managed;
import dev.torimono.collector.catalog.Shipped;
import dev.torimono.collector.state.Document;
import dev.torimono.collector.state.Document.Kind;
import dev.torimono.collector.state.Documents;
import dev.torimono.collector.web.ApiException;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.databind.node.ObjectNode;

/** Changing what is its owner's in policies that come with the program. */
final class ManagedPolicies {
    private final Catalog catalog;
    private final Shipped shipped;
    private final Managed managed;

    /** There is one change of a policy. */
    private final ReentrantLock lock = new ReentrantLock();

    ManagedPolicies(Catalog catalog, Shipped shipped, Documents documents) {
        this.catalog = catalog;
        this.shipped = shipped;
        this.managed = new Managed(documents);
    }

    /** A policy of ours as it is here; anything else as it is. */
    Document merged(Document document) {
        return managed.merged(document);
    }

    /**
     * Keeps what is other than in the policy that ships.
     *
     * @param old the policy as it is here
     * @param given what is to be there
     */
    Document replaced(Document old, ObjectNode given, String author) {
        lock.lock();
        try {
            return kept(old, given, author);
        } finally {
            lock.unlock();
        }
    }

    private Document kept(Document old, ObjectNode given, String author) {
        Document ours = shipped.byId(Kind.POLICY, old.id()).orElseThrow();
        long now = managed.merged(ours).version();
        if (given.path("version").asLong(now) != now) {
            throw ApiException.conflict("version: it is " + now + " by now; read it again");
        }
        if (!given.path("name").asString(ours.name()).equals(ours.name())) {
            throw ApiException.invalid("name: it comes with the program and keeps its name");
        }
        ObjectNode changes = Managed.changes(ours, CatalogBodies.bare(given));
        Optional<Document> change = managed.change(ours);
        if (changes.isEmpty()) {
            change.ifPresent(one -> remove(one, author));
        } else if (change.isEmpty()) {
            Document _ = catalog.create(Kind.MANAGED, ours.name(), changes, author);
        } else {
            Document there = change.get();
            Document _ =
                    catalog.replace(
                            Kind.MANAGED,
                            there.id(),
                            there.version(),
                            ours.name(),
                            changes,
                            author);
        }
        return managed.merged(ours);
    }

    /** Takes every change of a policy of ours back; false when there is none. */
    boolean restored(Document document, String author) {
        Optional<Document> change =
                Shipped.owns(document) ? managed.change(document) : Optional.empty();
        change.ifPresent(one -> remove(one, author));
        return change.isPresent();
    }

    private void remove(Document change, String author) {
        Document _ = catalog.delete(Kind.MANAGED, change.id(), author);
    }
}
