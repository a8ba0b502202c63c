// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.model.Container;
import dev.torimono.model.Finding;
import dev.torimono.model.Observation;
import dev.torimono.model.Priority;
import dev.torimono.model.Task;
import dev.torimono.rules.field.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * An event judged before its container is described, and completed by the description, gives what
 * it would have given had the description been there: random rules, random events.
 */
class OpenMatchPropertyTest {
    private static final String ID = "0123456789ab".repeat(5) + "abcd";
    private static final String[] LEAVES = {
        "evt.type in (open, openat)",
        "evt.type = connect",
        "fd.name startswith /etc",
        "fd.name = /etc/shadow",
        "proc.name in (bash, cat)",
        "proc.pname = sshd",
        "container.id != host",
        "container.id = 0123456789ab",
        "container.name = web",
        "container.name != web",
        "container.name exists",
        "container.image.repository in (shop/web, shop/db)",
        "container.image.repository startswith shop/",
        "container.image.tag = val(container.name)",
        "concat(proc.name, container.name) = catweb",
        "tolower(container.name) = web",
        "container.privileged = true",
        "container.label[tier] = front",
        "container.duration > 0",
        "k8s.ns.name = prod",
        "k8s.pod.name exists",
        "len(container.name) > 2",
    };

    private final Random random = new Random(20261126);

    @Test
    void completedFindingsAreThoseOfADescribedContainer() {
        int told = 0;
        int later = 0;
        for (int round = 0; round < 60; round++) {
            Ruleset rules = rules(12);
            for (MatchStrategy strategy : MatchStrategy.values()) {
                Matcher matcher = rules.explaining(strategy, Selection.DEFAULT, Priority.DEBUG);
                for (Container described : containers()) {
                    for (Observation seen : observations()) {
                        List<Finding> expected = match(matcher, in(seen, described));
                        OpenMatch open = matcher.open(in(seen, pending()));
                        List<Finding> certain = open == null ? List.of() : open.certain();
                        List<Finding> complete =
                                open == null ? List.of() : open.complete(described);
                        assertThat(complete).isEqualTo(expected);
                        assertThat(names(expected)).containsAll(names(certain));
                        told += certain.size();
                        later += complete.size() - certain.size();
                    }
                }
            }
        }
        assertThat(told).isGreaterThan(1_000);
        assertThat(later).isGreaterThan(1_000);
    }

    @Test
    void outputIsCompletedAndEverythingElseStaysAsItWas() {
        String rule =
                """
                - rule: r
                  desc: d
                  condition: evt.type in (open, openat) and container.name = web
                  output: name=%container.name proc=%proc.name file=%fd.name
                  priority: NOTICE
                """;
        Matcher matcher =
                Loads.of(rule)
                        .ruleset()
                        .matcher(MatchStrategy.FIRST, Selection.DEFAULT, Priority.DEBUG);
        Task shell = Sample.shell();
        Observation seen = in(Sample.open(shell, "/etc/shadow", 1, 3), pending());
        OpenMatch open = java.util.Objects.requireNonNull(matcher.open(seen));
        assertThat(open.certain()).isEmpty();
        // The process goes on: it executes something else and its event's memory is reused.
        shell.comm(dev.torimono.model.Text.of("other"));
        Finding finding = open.complete(described("web", "shop/web", null)).getFirst();
        assertThat(finding.message()).startsWith("name=web proc=bash file=/etc/shadow");
        assertThat(finding.outputFields())
                .containsEntry("container.name", "web")
                .containsEntry("proc.name", "bash");
        assertThat(open.complete(described("db", "shop/db", null))).isEmpty();
    }

    @Test
    void nothingIsOpenWhereNoRuleCanFire() {
        Matcher matcher =
                Loads.of(Loads.rule("r", "evt.type = connect and container.name = web"))
                        .ruleset()
                        .matcher(MatchStrategy.ALL, Selection.DEFAULT, Priority.DEBUG);
        assertThat(matcher.open(in(Sample.open(Sample.shell(), "/x", 1, 3), pending()))).isNull();
    }

    private Ruleset rules(int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append("- rule: r").append(i).append("\n  desc: d\n  condition: >\n    ");
            text.append("evt.type in (open, openat, connect) and ").append(condition(3));
            text.append("\n  output: c=%container.name i=%container.image p=%proc.name");
            text.append(" t=%toupper(container.name) f=%fd.name n=%k8s.ns.name\n");
            text.append("  priority: NOTICE\n");
        }
        LoadResult loaded = Loads.of(text.toString());
        assertThat(loaded.report().ok()).as(loaded.report().text()).isTrue();
        return loaded.ruleset();
    }

    private String condition(int depth) {
        return switch (depth == 0 ? 0 : random.nextInt(4)) {
            case 1 -> "(" + condition(depth - 1) + " and " + condition(depth - 1) + ")";
            case 2 -> "(" + condition(depth - 1) + " or " + condition(depth - 1) + ")";
            case 3 -> "not (" + condition(depth - 1) + ")";
            default -> LEAVES[random.nextInt(LEAVES.length)];
        };
    }

    private static List<Finding> match(Matcher matcher, Observation seen) {
        List<Finding> findings = new ArrayList<>();
        matcher.match(seen, findings::add);
        return findings;
    }

    private static List<String> names(List<Finding> findings) {
        return findings.stream().map(Finding::rule).toList();
    }

    private static Observation in(Observation seen, Container container) {
        Task task = seen.task();
        if (task != null) {
            task.container(container);
        }
        return seen;
    }

    private static List<Observation> observations() {
        Task cat = Sample.task(31, "cat", "/etc/shadow").parent(30, Sample.shell());
        return List.of(
                Sample.open(Sample.shell(), "/etc/shadow", 1, 3),
                Sample.open(cat, "/tmp/x", 2, 3),
                Sample.connect(Sample.task(9, "curl"), 443));
    }

    private static List<Container> containers() {
        return List.of(
                described("web", "shop/web", null),
                described(
                        "db",
                        "shop/db",
                        new Container.Pod("db-0", "prod", "u", "", Map.of(), "10.0.0.1")),
                described("", "", null));
    }

    private static Container pending() {
        return Container.pending(ID, "docker");
    }

    private static Container described(
            String name, String repository, Container.@Nullable Pod pod) {
        return new Container(
                "0123456789ab",
                ID,
                name,
                "docker",
                repository,
                "",
                repository,
                name,
                "",
                !name.isEmpty(),
                name.isEmpty() ? Map.of() : Map.of("tier", "front"),
                List.of(),
                "",
                name.isEmpty() ? 0 : 1,
                false,
                false,
                false,
                "",
                pod,
                false);
    }
}
