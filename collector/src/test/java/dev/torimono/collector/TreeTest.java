// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.collector.RunningCollector.Answer;
import dev.torimono.collector.event.Json;
import dev.torimono.collector.store.Sample;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Process trees over the API of a whole collector, of what agents tell. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TreeTest {
    private static final long TICK_NS = 10_000_000;
    private static final String SHOP = "3ad7b26ded6d";
    private static final String TREES = "/api/process-tree/v1/process-trees/";

    @TempDir private static Path folder = Path.of("");
    private @org.jspecify.annotations.Nullable RunningCollector started;
    private int key;

    @BeforeAll
    void start() throws IOException {
        started = new RunningCollector(folder);
    }

    @AfterAll
    void stop() {
        collector().close();
    }

    private RunningCollector collector() {
        return java.util.Objects.requireNonNull(started);
    }

    private static ObjectNode process(long pid, String name, String container) {
        return Json.object()
                .put("pid", pid)
                .put("start_ns", pid * TICK_NS + 77)
                .put("start", Sample.T0.toString())
                .put("name", name)
                .put("exe", "/bin/" + name)
                .put("cmdline", name + " -x")
                .put("uid", 0)
                .put("user", "root")
                .put("tty", "")
                .put("vpid", name.equals("nginx") ? 1 : pid)
                .put("container", container);
    }

    private static String id(long pid) {
        return pid + "-" + pid;
    }

    private static ObjectNode deed(String kind, long afterS, ObjectNode who, ObjectNode parent) {
        ObjectNode deed = who.deepCopy();
        deed.put("kind", kind).put("time", Sample.ns(afterS)).put("start", Sample.ns(0));
        deed.set("parent", parent.deepCopy().put("start", Sample.ns(0)));
        return deed;
    }

    private static ObjectNode shell(String rule, long pid, String name) {
        ObjectNode alert = Sample.alert(rule, 10);
        alert.putArray("lineage")
                .add(process(pid, name, SHOP))
                .add(process(60, "runc", "host"))
                .add(process(1, "systemd", "host"));
        return alert;
    }

    private void tell(String agent, ObjectNode... told) {
        StringBuilder lines = new StringBuilder();
        for (ObjectNode one : told) {
            ObjectNode line = Json.object().put("key", "k" + key++);
            line.set("alert", one);
            lines.append(new String(Json.bytes(line), StandardCharsets.UTF_8)).append('\n');
        }
        Answer answer = collector().call("POST", "/fleet/v1/alerts", agent, lines.toString());
        assertThat(answer.object().path("refused").asInt()).as(answer.text()).isZero();
    }

    private static ObjectNode activity(ObjectNode... deeds) {
        ObjectNode told = Json.object();
        ObjectNode inside = told.putObject("activity").put("container", SHOP);
        inside.put("time", Sample.ns(20));
        for (ObjectNode deed : deeds) {
            inside.withArray("deeds").add(deed);
        }
        inside.putObject("left_out").put("files", 4);
        return told;
    }

    private String eventId(String rule) {
        return collector()
                .get("/secure/events/v1/events?filter=ruleName%3D" + rule, collector().admin())
                .json()
                .at("/data/0/id")
                .asString();
    }

    private JsonNode tree(String path) {
        Answer answer = collector().get(path, collector().tokenOf("viewer"));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(Schema.misfits(answer.json(), "ProcessTree")).isEmpty();
        return answer.json();
    }

    private static ObjectNode byId(JsonNode tree) {
        ObjectNode nodes = Json.object();
        tree.path("nodes").forEach(node -> nodes.set(node.path("id").asString(), node));
        return nodes;
    }

    @Test
    void withoutActivityTheLineagesOfAlertsMakeTheTree() {
        String agent = collector().enrol("lineages");
        tell(agent, shell("lineages", 70, "sh"), shell("second", 71, "id"));
        JsonNode tree = tree(TREES + eventId("lineages"));
        assertThat(tree.path("source").asString()).isEqualTo("lineage");
        assertThat(tree.path("focus").asString()).isEqualTo(id(70));
        assertThat(tree.path("root").asString()).isEqualTo(id(1));
        ObjectNode nodes = byId(tree);
        assertThat(nodes.propertyNames()).containsExactlyInAnyOrder(id(70), id(60), id(1), id(71));
        assertThat(nodes.path(id(70)).path("door").asString()).isEqualTo("container exec");
        assertThat(nodes.path(id(70)).path("parent").asString()).isEqualTo(id(60));
        assertThat(nodes.path(id(1)).path("parent").isNull()).isTrue();
        assertThat(nodes.path(id(71)).path("relation").asString()).isEqualTo("sibling");
        assertThat(nodes.path(id(71)).at("/alerts/0/ruleName").asString()).isEqualTo("second");
        JsonNode branch = tree("/api/process-tree/v1/process-branches/" + eventId("lineages"));
        assertThat(byId(branch).propertyNames()).containsExactlyInAnyOrder(id(70), id(60), id(1));
    }

    @Test
    void whatTheAgentToldOfTheTreeIsInIt() {
        String agent = collector().enrol("active");
        ObjectNode nginx = process(65, "nginx", SHOP);
        ObjectNode sh = process(70, "sh", SHOP);
        ObjectNode curl = process(72, "curl", SHOP);
        ObjectNode evil = process(73, "evil", SHOP);
        ObjectNode runc = process(60, "runc", "host");
        ObjectNode killed = shell("active", 70, "sh");
        killed.putArray("actions").addObject().put("type", "process_killed").put("status", "done");
        tell(
                agent,
                killed,
                activity(
                        deed("process", 9, nginx, runc),
                        deed("exec", 8, sh, runc),
                        deed("exec", 9, curl, sh),
                        deed("write", 9, curl, sh).put("path", "/bin/evil").put("count", 2),
                        deed("connect", 9, curl, sh)
                                .put("peer", "10.0.0.9:443")
                                .put("protocol", "tcp")
                                .put("direction", "out")
                                .put("count", 1),
                        deed("exit", 10, curl, sh).put("status", 256),
                        deed("exec", 11, evil, curl),
                        deed("exec", 12, process(70, "sleep", SHOP), runc)));
        JsonNode tree = tree(TREES + eventId("active"));
        assertThat(tree.path("source").asString()).isEqualTo("activity");
        assertThat(tree.at("/leftOut/files").asInt()).isEqualTo(4);
        ObjectNode nodes = byId(tree);
        assertThat(nodes.path(id(65)).path("door").asString()).isEqualTo("container start");
        assertThat(nodes.path(id(70)).path("state").asString()).isEqualTo("killed");
        assertThat(nodes.path(id(70)).path("name").asString())
                .as("what the event is about, not what it became")
                .isEqualTo("sh");
        assertThat(nodes.path(id(70)).path("images")).hasSize(2);
        JsonNode download = nodes.path(id(72));
        assertThat(download.path("relation").asString()).isEqualTo("descendant");
        assertThat(download.path("state").asString()).isEqualTo("exited");
        assertThat(download.path("exitStatus").asInt()).isEqualTo(256);
        assertThat(download.at("/files/0/path").asString()).isEqualTo("/bin/evil");
        assertThat(download.at("/connections/0/peer").asString()).isEqualTo("10.0.0.9:443");
        assertThat(nodes.path(id(73)).path("relation").asString()).isEqualTo("descendant");
        JsonNode writer = tree.at("/writers/0");
        assertThat(writer.path("writtenBy").asString()).isEqualTo(id(72));
        assertThat(writer.path("executedBy").asString()).isEqualTo(id(73));
    }

    @Test
    void aRefusedExecIsAGhostAndNamesItsWriter() {
        String agent = collector().enrol("ghosts");
        ObjectNode alert = shell("ghosts", 80, "evil");
        alert.putArray("actions").addObject().put("type", "drift_prevented").put("status", "done");
        ((ObjectNode) alert.path("output_fields"))
                .put("drift.file", "/bin/evil")
                .put("drift.writer", "/bin/curl")
                .put("drift.writer.cmdline", "curl -o /bin/evil")
                .put("drift.writer.pid", 72)
                .put("drift.writer.start_ns", 72 * TICK_NS);
        tell(agent, alert);
        JsonNode tree = tree(TREES + eventId("ghosts"));
        assertThat(byId(tree).path(id(80)).path("state").asString()).isEqualTo("prevented");
        assertThat(tree.at("/writers/0/program").asString()).isEqualTo("/bin/curl");
        assertThat(tree.at("/writers/0/writtenBy").asString()).isEmpty();
    }

    @Test
    void onTheHostOnlyTheFamilyBelongsToTheTree() {
        String agent = collector().enrol("host");
        ObjectNode alert = Sample.alert("family", 10);
        ((ObjectNode) alert.path("output_fields")).put("container.id", "host");
        ObjectNode bash = process(90, "bash", "host");
        ObjectNode evil = process(91, "evil", "host");
        ObjectNode init = process(1, "systemd", "host");
        alert.putArray("lineage").add(evil).add(bash).add(init);
        ObjectNode stranger = alert.deepCopy().put("rule", "stranger");
        stranger.putArray("lineage").add(process(95, "cron", "host")).add(init);
        tell(
                agent,
                alert,
                stranger,
                activity(
                        deed("exec", 11, process(92, "child", "host"), evil),
                        deed(
                                "exec",
                                12,
                                process(93, "grandchild", "host"),
                                process(92, "c", "host")),
                        deed("exec", 12, process(94, "sibling", "host"), bash),
                        deed("exec", 12, process(96, "other", "host"), init)));
        ObjectNode nodes = byId(tree(TREES + eventId("family")));
        assertThat(nodes.propertyNames())
                .containsExactlyInAnyOrder(id(91), id(90), id(1), id(92), id(93), id(94));
        assertThat(nodes.path(id(93)).path("relation").asString()).isEqualTo("descendant");
        assertThat(nodes.path(id(94)).path("relation").asString()).isEqualTo("sibling");
    }

    @Test
    void anotherAgentsContainerOfTheSameIdIsAnotherTree() {
        String one = collector().enrol("one");
        tell(one, shell("one", 70, "sh"));
        tell(
                collector().enrol("two"),
                activity(deed("exec", 11, process(99, "x", SHOP), process(60, "runc", "host"))));
        assertThat(byId(tree(TREES + eventId("one"))).has(id(99))).isFalse();
    }

    @Test
    void whatIsNoDeedIsRefusedAndTheRestIsKept() {
        String agent = collector().enrol("hostile");
        ObjectNode bad = Json.object();
        bad.putObject("activity").putArray("deeds").addObject().put("kind", "<script>");
        ObjectNode line = Json.object().put("key", "bad");
        line.set("alert", bad);
        ObjectNode good = Json.object().put("key", "good");
        good.set("alert", shell("hostile", 70, "sh"));
        Answer answer =
                collector()
                        .call(
                                "POST",
                                "/fleet/v1/alerts",
                                agent,
                                new String(Json.bytes(line), StandardCharsets.UTF_8)
                                        + "\n"
                                        + new String(Json.bytes(good), StandardCharsets.UTF_8));
        assertThat(answer.object().path("refused").asInt()).isEqualTo(1);
        assertThat(answer.object().path("kept").asInt()).isEqualTo(1);
    }

    @Test
    void anEventWithoutLineageHasNoTree() {
        tell(collector().enrol("plain"), Sample.alert("plain", 1));
        assertThat(collector().get(TREES + eventId("plain"), collector().admin()).status())
                .isEqualTo(404);
        assertThat(collector().get(TREES + "0".repeat(32), collector().admin()).status())
                .isEqualTo(404);
    }
}
