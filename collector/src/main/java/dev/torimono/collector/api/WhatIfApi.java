// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.api;

import dev.torimono.collector.catalog.Drafts;
import dev.torimono.collector.event.Json;
import dev.torimono.collector.event.PastEvents;
import dev.torimono.collector.state.Document.Kind;
import dev.torimono.collector.store.EventId;
import dev.torimono.collector.store.EventPage;
import dev.torimono.collector.store.EventRange;
import dev.torimono.collector.store.EventStore;
import dev.torimono.collector.store.EventStore.Direction;
import dev.torimono.collector.store.Found;
import dev.torimono.collector.web.Access;
import dev.torimono.collector.web.ApiException;
import dev.torimono.collector.web.Call;
import dev.torimono.collector.web.Reply;
import dev.torimono.collector.web.Route;
import dev.torimono.response.past.PastFinding;
import dev.torimono.response.past.PastRule;
import dev.torimono.response.past.WhatIf;
import dev.torimono.response.policy.Exemption;
import dev.torimono.response.policy.Policy;
import dev.torimono.response.scope.Coverage;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What policies, exceptions and rules that are not in force would have made of what was kept. */
final class WhatIfApi {
    private static final long DAY_NS = TimeUnit.DAYS.toNanos(1);
    private static final int MOST_JUDGED = 20_000;
    private static final int TOGETHER = 1000;
    private static final String NOTHING = "nothing";

    private final Drafts drafts;
    private final EventStore store;
    private final InstantSource clock;

    WhatIfApi(Drafts drafts, EventStore store, InstantSource clock) {
        this.drafts = drafts;
        this.store = store;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                Route.post(
                                "/api/v1/what-if/policy",
                                Access.VIEWER,
                                "What a policy would have done",
                                this::policy)
                        .changesNothing()
                        .takes("WhatIfPolicy")
                        .gives("WhatIf"),
                Route.post(
                                "/api/v1/what-if/exception",
                                Access.VIEWER,
                                "What an exception would have taken out",
                                this::exception)
                        .changesNothing()
                        .takes("WhatIfException")
                        .gives("WhatIf"),
                Route.post(
                                "/api/v1/what-if/rule",
                                Access.VIEWER,
                                "What a rule would have matched, as far as events tell",
                                this::rule)
                        .changesNothing()
                        .takes("WhatIfRule")
                        .gives("WhatIf"));
    }

    private static ObjectNode part(ObjectNode given, String name) {
        if (given.path(name) instanceof ObjectNode part) {
            return part.deepCopy();
        }
        throw ApiException.invalid(name + ": must be there");
    }

    private Reply policy(Call call) {
        ObjectNode given = call.json();
        ObjectNode body = part(given, "policy");
        String name = body.path("name").asString("draft");
        CatalogBodies.check(Kind.POLICY, body);
        Policy policy = drafts.policy(name.isBlank() ? "draft" : name, body);
        Tally tally = new Tally();
        judge(
                given,
                tally,
                (event, finding) ->
                        new WhatIf(PastEvents.host(event))
                                .judge(policy, finding)
                                .name()
                                .toLowerCase(Locale.ROOT));
        ObjectNode reply = tally.json();
        ArrayNode actions = reply.putArray("actions");
        policy.actions()
                .labels()
                .forEach(
                        label ->
                                actions.addObject()
                                        .put("name", label)
                                        .put("count", tally.count("covered")));
        return Reply.json(reply);
    }

    private Reply exception(Call call) {
        ObjectNode given = call.json();
        String name = given.path("policy").asString("");
        ObjectNode exception = part(given, "exception");
        Policy policy = drafts.with(name, exception);
        Exemption exemption = policy.exemptions().getLast();
        Tally tally = new Tally();
        judge(
                given,
                tally,
                (event, finding) -> {
                    WhatIf whatIf = new WhatIf(PastEvents.host(event));
                    WhatIf.Answer answer = whatIf.judge(policy, finding);
                    boolean silent = whatIf.silences(exemption, finding) == Coverage.YES;
                    return answer == WhatIf.Answer.EXEMPT && silent
                            ? "exempt"
                            : answer.name().toLowerCase(Locale.ROOT);
                });
        ObjectNode reply = tally.json();
        reply.putArray("actions");
        return Reply.json(reply);
    }

    private Reply rule(Call call) {
        ObjectNode given = call.json();
        ObjectNode body = part(given, "rule");
        String name = body.path("name").asString("");
        if (name.isBlank()) {
            throw ApiException.invalid("rule.name: must not be empty");
        }
        CatalogBodies.check(Kind.RULE, body);
        PastRule rule = new PastRule(drafts.rule(name, body));
        Tally tally = new Tally();
        judge(
                given,
                tally,
                (_, finding) ->
                        switch (rule.matches(finding.fields())) {
                            case YES -> "matched";
                            // What it was told for without doubt needs no telling.
                            case NO -> finding.rule().equals(name) ? "not matched" : NOTHING;
                            // As far as the event tells, it matches.
                            case UNKNOWN -> "unknown";
                        });
        ObjectNode reply = tally.json();
        reply.putArray("actions");
        ArrayNode missing = reply.putArray("missingFields");
        rule.missing().stream().sorted().forEach(missing::add);
        return Reply.json(reply);
    }

    private void judge(
            ObjectNode given, Tally tally, BiFunction<ObjectNode, PastFinding, String> answer) {
        EventRange range = range(given);
        EventId cursor = null;
        boolean more = true;
        while (more && tally.judged() < MOST_JUDGED) {
            EventPage page = store.find(range, cursor, Direction.OLDER, TOGETHER);
            for (Found found : page.events()) {
                ObjectNode event = Json.object(found.body());
                PastFinding finding = PastEvents.finding(event);
                tally.add(event, finding, answer.apply(event, finding));
            }
            cursor = page.events().isEmpty() ? null : page.events().getLast().id();
            more = page.more() && cursor != null;
        }
        tally.truncated(more);
    }

    /** The last day, unless somebody says otherwise. */
    private EventRange range(ObjectNode given) {
        EventRange asked = Ranges.of(given);
        if (given.has("from")) {
            return asked;
        }
        long nowNs = TimeUnit.MILLISECONDS.toNanos(clock.millis());
        return new EventRange(nowNs - DAY_NS, asked.toNs(), asked.filter());
    }
}
