// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.catalog;

import dev.torimono.collector.event.Json;
import dev.torimono.collector.state.Document;
import dev.torimono.collector.state.Document.Kind;
import dev.torimono.collector.state.Documents;
import dev.torimono.collector.web.ApiException;
import dev.torimono.response.policy.Policy;
import dev.torimono.rules.Rule;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What is not in force, read as if it were: beside all the rules, lists and macros that are. */
public final class Drafts {
    private final Documents documents;
    private final Shipped shipped;

    public Drafts(Documents documents, Shipped shipped) {
        this.documents = documents;
        this.shipped = shipped;
    }

    /**
     * A policy.
     *
     * @param named the one of a shipped policy too, which is then judged instead of it
     * @param body as it would be posted
     * @throws ApiException with everything that is wrong with it
     */
    public Policy policy(String named, ObjectNode body) {
        // Shipped ones have their names already, and a name is one policy's.
        String name = shipped.named(Kind.POLICY, named).isEmpty() ? named : "draft of: " + named;
        String policies =
                PolicyText.of(
                        List.of(new Document(1, Kind.POLICY, name, 1, body, 0, 0)),
                        id -> documents.byId(Kind.CHANNEL, id).map(Document::name).orElse(""));
        return Soundness.policies(Bundle.of(rules(List.of()), policies)).stream()
                .filter(policy -> policy.name().equals(name))
                .findFirst()
                .orElseThrow(() -> ApiException.invalid("policy: cannot be read"));
    }

    /** The body of a policy that is there, shipped or not. */
    public ObjectNode body(String name) {
        List<Document> found = new ArrayList<>(documents.named(Kind.POLICY, name));
        found.addAll(shipped.named(Kind.POLICY, name));
        if (found.isEmpty()) {
            throw ApiException.notFound("policy " + name);
        }
        return new Managed(documents).merged(found.getFirst()).body().deepCopy();
    }

    /** The same policy with one more exception. */
    public Policy with(String name, ObjectNode exception) {
        ObjectNode body = body(name);
        ArrayNode exceptions = Json.array();
        exceptions.add(exception);
        body.set("exceptions", exceptions);
        return policy(name, body);
    }

    /** Of a rule as it would be posted; what it appends to or replaces is there. */
    public Rule rule(String name, ObjectNode body) {
        Document draft = new Document(Long.MAX_VALUE, Kind.RULE, name, 1, body, 0, 0);
        return Soundness.rules(rules(List.of(draft))).stream()
                .filter(rule -> rule.name().equals(name))
                .findFirst()
                .orElseThrow(() -> ApiException.invalid("rule: there is none of that name"));
    }

    private String rules(List<Document> drafts) {
        List<Document> rules = new ArrayList<>(documents.all(Kind.RULE));
        for (Document draft : drafts) {
            if (!RuleText.appends(draft)) {
                rules.removeIf(one -> one.name().equals(draft.name()) && !RuleText.appends(one));
            }
            rules.add(draft);
        }
        return RuleText.of(documents.all(Kind.LIST), documents.all(Kind.MACRO), rules);
    }
}
