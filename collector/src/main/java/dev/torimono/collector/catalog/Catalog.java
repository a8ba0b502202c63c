// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.catalog;

import dev.torimono.collector.state.Document;
import dev.torimono.collector.state.Document.Kind;
import dev.torimono.collector.state.Documents;
import dev.torimono.collector.web.ApiException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Changes what agents enforce, one change at a time. A change is tried on the whole first: what
 * would leave the whole unsound is refused and changes nothing.
 */
public final class Catalog {
    private static final Set<Kind> ENFORCED =
            Set.of(Kind.POLICY, Kind.MANAGED, Kind.RULE, Kind.LIST, Kind.MACRO);

    private final Documents documents;
    private final InstantSource clock;
    private final Soundness soundness = new Soundness();
    private final ReentrantLock lock = new ReentrantLock();
    private volatile Bundle current;
    private volatile Runnable listener = () -> {};

    public Catalog(Documents documents, InstantSource clock) {
        this.documents = documents;
        this.clock = clock;
        this.current = bundle(all());
    }

    /** What agents are to enforce now. */
    public Bundle current() {
        return current;
    }

    /** Called when there is something new to enforce. */
    public void onChange(Runnable told) {
        listener = told;
    }

    /** What there is to say of what is in force, besides errors. */
    public List<String> warnings() {
        return soundness.warnings();
    }

    public Document create(Kind kind, String name, ObjectNode body, String author) {
        lock.lock();
        try {
            check(kind, name);
            Document draft = new Document(Long.MAX_VALUE, kind, name, 1, body, now(), now());
            Bundle next = tried(kind, list -> with(list, draft));
            Document made = documents.create(kind, name, body, author);
            enforce(next, kind);
            return made;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Puts something else in its place.
     *
     * @param version what the caller saw; -1 when it did not say
     */
    public Document replace(
            Kind kind, long id, long version, String name, ObjectNode body, String author) {
        lock.lock();
        try {
            check(kind, name);
            Document old = existing(kind, id);
            if (version >= 0 && version != old.version()) {
                throw ApiException.conflict(
                        "version: it is " + old.version() + " by now; read it again");
            }
            Document draft =
                    new Document(id, kind, name, old.version() + 1, body, old.createdMs(), now());
            Bundle next =
                    tried(
                            kind,
                            list ->
                                    list.stream()
                                            .map(each -> each.id() == id ? draft : each)
                                            .toList());
            if (!documents.replace(old, name, body, author)) {
                throw ApiException.conflict("it was changed meanwhile; read it again");
            }
            enforce(next, kind);
            return existing(kind, id);
        } finally {
            lock.unlock();
        }
    }

    /**
     * What is to be there.
     *
     * @param id what it takes the place of; 0 for what has its name, if anything has and it does
     *     not append
     * @param version what the caller saw; 0 when there was none, -1 when it did not say
     */
    public record Draft(Kind kind, long id, String name, long version, ObjectNode body) {}

    /** Adds or replaces several: all of them or none, and agents hear of one version. */
    public List<Document> apply(List<Draft> drafts, String author) {
        lock.lock();
        try {
            Batch batch = new Batch(all(), now());
            for (Draft draft : drafts) {
                check(draft.kind(), draft.name());
                batch.place(draft);
            }
            Bundle next = bundle(batch.wanted());
            soundness.check(next);
            List<Document> kept = documents.together(() -> batch.keep(documents, author));
            enforce(next, Kind.POLICY);
            return kept;
        } finally {
            lock.unlock();
        }
    }

    /** Returns what was removed. */
    public Document delete(Kind kind, long id, String author) {
        lock.lock();
        try {
            Document old = existing(kind, id);
            Bundle next =
                    tried(kind, list -> list.stream().filter(each -> each.id() != id).toList());
            documents.delete(old, author);
            enforce(next, kind);
            return old;
        } finally {
            lock.unlock();
        }
    }

    private Document existing(Kind kind, long id) {
        return documents
                .byId(kind, id)
                .orElseThrow(
                        () ->
                                ApiException.notFound(
                                        kind.name().toLowerCase(java.util.Locale.ROOT) + " " + id));
    }

    private static void check(Kind kind, String name) {
        if (name.isBlank()) {
            throw ApiException.invalid("name: must not be empty");
        }
        if (kind == Kind.POLICY && !name.equals(name.strip())) {
            throw ApiException.invalid("name: must not begin or end with a blank");
        }
    }

    private long now() {
        return clock.millis();
    }

    private Map<Kind, List<Document>> all() {
        Map<Kind, List<Document>> all = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            all.put(kind, documents.all(kind));
        }
        return all;
    }

    private static List<Document> with(List<Document> list, Document one) {
        List<Document> more = new ArrayList<>(list);
        more.add(one);
        return more;
    }

    /** Null when nothing of it reaches agents. */
    private @Nullable Bundle tried(Kind kind, UnaryOperator<List<Document>> change) {
        Map<Kind, List<Document>> all = all();
        all.compute(kind, (_, list) -> change.apply(list == null ? List.of() : list));
        if (!ENFORCED.contains(kind) && kind != Kind.CHANNEL) {
            return null;
        }
        Bundle next = bundle(all);
        soundness.check(next);
        return next;
    }

    private void enforce(@Nullable Bundle next, Kind kind) {
        if (next != null && (ENFORCED.contains(kind) || kind == Kind.CHANNEL)) {
            boolean news = !next.version().equals(current.version());
            current = next;
            if (news) {
                listener.run();
            }
        }
    }

    private static Bundle bundle(Map<Kind, List<Document>> all) {
        List<Document> channels = all.getOrDefault(Kind.CHANNEL, List.of());
        String policies =
                PolicyText.of(
                        all.getOrDefault(Kind.POLICY, List.of()),
                        all.getOrDefault(Kind.MANAGED, List.of()),
                        id ->
                                channels.stream()
                                        .filter(channel -> channel.id() == id)
                                        .map(Document::name)
                                        .findFirst()
                                        .orElse(""));
        String rules =
                RuleText.of(
                        all.getOrDefault(Kind.LIST, List.of()),
                        all.getOrDefault(Kind.MACRO, List.of()),
                        all.getOrDefault(Kind.RULE, List.of()));
        return Bundle.of(rules, policies);
    }
}
