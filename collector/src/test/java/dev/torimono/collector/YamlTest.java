// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.collector.RunningCollector.Answer;
import dev.torimono.collector.event.Json;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Rules and policies as YAML, over the API. */
final class YamlTest extends OneCollector {
    private JsonNode read(String kind, String text, long replaces) {
        ObjectNode body = Json.object().put("kind", kind).put("text", text);
        Answer answer =
                collector()
                        .post(
                                "/api/v1/yaml/read",
                                collector().admin(),
                                body.put("replaces", replaces));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(Schema.misfits(answer.json(), "YamlDraft")).isEmpty();
        return answer.json();
    }

    private JsonNode create(String path, JsonNode item) {
        ObjectNode body = ((ObjectNode) item.get("body")).deepCopy();
        body.put("name", item.path("name").asString(""));
        Answer made = collector().post(path, collector().admin(), body);
        assertThat(made.status()).as(made.text()).isEqualTo(200);
        return made.json();
    }

    private String write(String kind, JsonNode document) {
        ObjectNode body = Json.object().put("kind", kind);
        body.put("name", document.path("name").asString(""));
        body.set("body", document);
        Answer answer = collector().post("/api/v1/yaml/write", collector().admin(), body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().path("text").asString();
    }

    private static final String THREE =
            """
            # A comment before.
              - list: my_shells
                items: [bash, "two words"]
              - macro: my_shell
                condition: proc.name in (my_shells)
              - rule: My shell
                desc: a shell
                condition: >
                  evt.type = execve and
                  my_shell and container.id != host
                output: shell %proc.name
                priority: WARNING
                tags: [mine]
            """;

    @Test
    void itemsOfAFileAreReadWithoutAWord() {
        JsonNode draft = read("rule", THREE, 0);
        assertThat(draft.path("faults")).as(draft.toString()).isEmpty();
        assertThat(draft.path("items").size()).isEqualTo(3);
        assertThat(draft.at("/items/0/body/items/items/1").asString()).isEqualTo("two words");
        assertThat(draft.at("/items/2/line").asInt()).isEqualTo(6);
        assertThat(draft.at("/items/2/body/details/condition/condition").asString())
                .contains("my_shell and");
    }

    @Test
    void whatIsWrongIsToldWhereItStands() {
        JsonNode wrong = read("rule", THREE.replace("container.id", "container.idd"), 0);
        JsonNode fault = wrong.at("/faults/0");
        assertThat(fault.path("severity").asString()).isEqualTo("error");
        assertThat(fault.path("line").asInt()).as(wrong.toString()).isEqualTo(10);
        assertThat(fault.path("column").asInt()).isEqualTo(20);
        assertThat(fault.path("message").asString()).contains("container.idd");
        JsonNode broken = read("rule", "- rule: [x\n", 0);
        assertThat(broken.at("/faults/0/line").asInt()).isPositive();
        assertThat(broken.at("/faults/0/message").asString()).startsWith("no YAML: ");
    }

    @Test
    void whatWouldNotBeKeptIsRefused() {
        JsonNode key = read("rule", THREE.replace("tags: [mine]", "capture: true"), 0);
        assertThat(key.at("/faults/0/line").asInt()).isEqualTo(6);
        assertThat(key.at("/faults/0/message").asString()).contains("capture");
        JsonNode shipped = read("rule", "- macro: open_write\n  condition: evt.type = open\n", 0);
        assertThat(shipped.at("/faults/0/message").asString()).contains("comes with the program");
        JsonNode appended =
                read(
                        "rule",
                        "- list: malicious_filenames\n  items: [x.txt]\n  override: {items: append}\n",
                        0);
        assertThat(appended.path("faults")).as(appended.toString()).isEmpty();
        assertThat(appended.at("/items/0/body/append").asBoolean()).isTrue();
        JsonNode list = create("/api/secure/falco/lists", appended.at("/items/0"));
        assertThat(write("list", list))
                .isEqualTo(
                        """
                        - list: malicious_filenames
                          items:
                          - x.txt
                          override:
                            items: append
                        """);
        assertThat(read("rule", "just text", 0).at("/faults/0/message").asString())
                .contains("list of rules");
        assertThat(read("rule", "- a: &x [*x]\n", 0).path("faults")).isNotEmpty();
        assertThat(read("rule", "", 0).path("faults")).isEmpty();
    }

    @Test
    void anEditionTakesThePlaceOfWhatItReplaces() {
        String text = THREE.replace("my_", "your_").replace("My ", "Your ");
        JsonNode draft = read("rule", text, 0);
        create("/api/secure/falco/lists", draft.at("/items/0"));
        JsonNode macro = create("/api/secure/falco/macros", draft.at("/items/1"));
        JsonNode rule = create("/api/secure/rules", draft.at("/items/2"));
        String yaml = write("rule", rule);
        assertThat(yaml).startsWith("- rule: Your shell\n  desc: a shell\n  condition:");
        JsonNode again = read("rule", yaml, rule.path("id").asLong());
        assertThat(again.path("faults")).as(again.toString()).isEmpty();
        assertThat(again.at("/items/0/id").asLong()).isEqualTo(rule.path("id").asLong());
        assertThat(again.at("/items/0/body/details")).isEqualTo(rule.path("details"));
        // Who uses a macro is heard when it breaks.
        JsonNode breaks =
                read(
                        "rule",
                        "- macro: another\n  condition: evt.type = open\n",
                        macro.path("id").asLong());
        assertThat(breaks.toString()).contains("your_shell");
        assertThat(breaks.at("/faults/0/line").asInt()).isZero();
    }

    @Test
    void policiesAreWrittenAndReadInTheFormOfPolicyFiles() {
        String text =
                """
                policies:
                  - name: No shells
                    description: none at all
                    type: workload
                    severity: 2
                    scope: container.name = shop
                    rules: [Terminal shell in container]
                    actions: {kill_process: true, capture: {before: 5, after: 10}}
                """;
        JsonNode draft = read("policy", text, 0);
        assertThat(draft.path("faults")).as(draft.toString()).isEmpty();
        JsonNode policy = create("/api/v2/policies", draft.at("/items/0"));
        String yaml = write("policy", policy);
        assertThat(yaml)
                .startsWith("policies:\n- name: No shells\n")
                .contains("kill_process: true");
        JsonNode again = read("policy", yaml, policy.path("id").asLong());
        assertThat(again.path("faults")).as(again.toString()).isEmpty();
        assertThat(again.at("/items/0/body/actions")).isEqualTo(policy.path("actions"));
        JsonNode wrong =
                read(
                        "policy",
                        text.replace("container.name", "container.nam").replace("No", "Yes"),
                        0);
        assertThat(wrong.at("/faults/0/line").asInt()).as(wrong.toString()).isEqualTo(6);
        assertThat(wrong.at("/faults/0/column").asInt()).isPositive();
        JsonNode unknown = read("policy", text.replace("severity", "severety"), 0);
        assertThat(unknown.at("/faults/0/message").asString()).contains("severety");
        assertThat(read("policy", "rules: []", 0).path("faults")).isNotEmpty();
        JsonNode drift =
                read(
                        "policy",
                        """
                        policies:
                          - name: Drifted
                            type: drift
                            drift: {allowed_ancestors: [/usr/bin/dpkg], exceptions: [/opt/]}
                            actions: {prevent: true}
                        """,
                        0);
        assertThat(drift.path("faults")).as(drift.toString()).isEmpty();
        assertThat(write("policy", create("/api/v2/policies", drift.at("/items/0"))))
                .contains("allowed_ancestors:", "- /usr/bin/dpkg", "prevent: true");
        assertThat(
                        read("policy", text.replace("severity: 2", "notify: [nobody]"), 0)
                                .at("/faults/0/message")
                                .asString())
                .contains("nobody");
    }

    private Answer keep(String kind, String text, String seen) {
        String body =
                "{\"kind\": \"%s\", \"text\": %s, \"seen\": [%s]}"
                        .formatted(kind, Json.of(text), seen);
        return collector().call("PUT", "/api/v1/yaml", collector().admin(), body);
    }

    private JsonNode bundle() {
        return collector().get("/api/v1/bundle", collector().admin()).json();
    }

    private int audited() {
        return collector().get("/api/v1/audit", collector().admin()).json().size();
    }

    @Test
    void aTextIsKeptAsOneChange() {
        String text = THREE.replace("my_", "our_").replace("My ", "Our ");
        int before = audited();
        Answer kept = keep("rule", text, "");
        assertThat(kept.status()).as(kept.text()).isEqualTo(200);
        assertThat(Schema.misfits(kept.json(), "YamlKept")).isEmpty();
        assertThat(kept.json().path("items").size()).isEqualTo(3);
        assertThat(bundle().path("rules").asString()).contains("our_shells", "Our shell");
        assertThat(audited()).isEqualTo(before + 1);
        Answer again = keep("rule", text.replace("a shell", "another"), "");
        assertThat(again.json().at("/items/2/id")).isEqualTo(kept.json().at("/items/2/id"));
        assertThat(again.json().at("/items/2/version").asInt()).isEqualTo(2);
    }

    @Test
    void nothingOfATextIsKeptWhenOneItemIsWrong() {
        String before = bundle().path("version").asString();
        String text = THREE.replace("my_", "half_").replace("My ", "Half ");
        Answer wrong = keep("rule", text.replace("container.id", "container.idd"), "");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.json().at("/faults/0/line").asInt()).isEqualTo(10);
        assertThat(Schema.misfits(wrong.json(), "Error")).isEmpty();
        Answer twice = keep("rule", "- list: two\n  items: [a]\n- list: two\n  items: [b]\n", "");
        assertThat(twice.json().at("/faults/0/line").asInt()).as(twice.text()).isEqualTo(3);
        assertThat(keep("rule", "# nothing", "").status()).isEqualTo(422);
        assertThat(bundle().path("version").asString()).isEqualTo(before);
    }

    @Test
    void whatChangedMeanwhileIsNotWrittenOver() {
        String list = "- list: seen_list\n  items: [%s]\n";
        Answer first = keep("rule", list.formatted("a"), "");
        long id = first.json().at("/items/0/id").asLong();
        String seen = "{\"id\": " + id + ", \"version\": 1}";
        assertThat(keep("rule", list.formatted("b"), seen).status()).isEqualTo(200);
        String other = "- list: beside_it\n  items: [x]\n";
        assertThat(keep("rule", other + list.formatted("c"), seen).status()).isEqualTo(409);
        assertThat(bundle().path("rules").asString()).doesNotContain("beside_it");
    }

    @Test
    void policiesAreKeptTogetherToo() {
        String text =
                """
                policies:
                  - {name: Both one, type: workload, severity: 2, rules: [Terminal shell in container]}
                  - {name: Both two, type: drift, severity: 2, actions: {prevent: true}}
                """;
        Answer kept = keep("policy", text, "");
        assertThat(kept.status()).as(kept.text()).isEqualTo(200);
        assertThat(bundle().path("policies").asString()).contains("Both one", "Both two");
    }
}
