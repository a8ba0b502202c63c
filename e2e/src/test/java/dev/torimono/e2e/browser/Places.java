// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.e2e.browser;

import dev.torimono.e2e.fixture.CollectorProcess;
import java.util.LinkedHashMap;
import java.util.Map;

/** Every page of the console by a name, with its address. */
public final class Places {
    private Places() {}

    /** Of a collector that has an agent, an incident, a policy and two events. */
    public static Map<String, String> of(
            CollectorProcess collector, long policy, String killed, String drift) {
        String agent = collector.call("GET", "/api/v1/agents", "").at("/0/id").asString("");
        String incident =
                collector.call("GET", "/api/v1/incidents", "").at("/data/0/id").asString("");
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("overview", "/overview");
        pages.put("events", "/events?filter=container.id%20%21%3D%20host&event=" + drift);
        pages.put("event", "/events/" + drift);
        pages.put("event-killed", "/events/" + killed);
        pages.put("incidents", "/incidents");
        pages.put("incident", "/incidents/" + incident);
        pages.put("policies", "/policies");
        pages.put("policy", "/policies/" + policy);
        pages.put("policy-shipped", "/policies/" + shipped(collector));
        pages.put("policy-drift", "/policies/new/drift");
        pages.put("library", "/library/rules");
        pages.put("library-lists", "/library/lists");
        pages.put("rule", "/library/rules/Malicious%20filenames%20written");
        pages.put("rule-editor", "/library/new-rule");
        pages.put("rule-yaml", "/library/yaml");
        pages.put("policy-yaml", "/policies/new/yaml");
        pages.put("attack", "/library/attack");
        pages.put("agents", "/agents");
        pages.put("agent", "/agents/" + agent);
        pages.put("connect", "/agents/connect");
        pages.put("responses", "/activity/responses");
        pages.put("captures", "/activity/captures");
        pages.put("audit", "/activity/audit");
        pages.put("channels", "/settings/channels");
        pages.put("forwarders", "/settings/forwarders");
        pages.put("roll-out", "/settings/rollout");
        pages.put("retention", "/settings/keeping");
        pages.put("users", "/settings/accounts");
        pages.put("tokens", "/settings/tokens");
        pages.put("keys", "/settings/keys");
        pages.put("mutes", "/settings/mutes");
        pages.put("account", "/settings/mine");
        return pages;
    }

    private static long shipped(CollectorProcess collector) {
        return collector
                .call("GET", "/api/v2/policies", "")
                .valueStream()
                .filter(one -> one.path("name").asString("").equals("Runtime Notable Events"))
                .mapToLong(one -> one.path("id").asLong())
                .findFirst()
                .orElseThrow();
    }
}
