// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.model.Fd;
import dev.torimono.model.FdKind;
import dev.torimono.model.Observation;
import dev.torimono.model.Task;
import dev.torimono.rules.MatchStrategy;
import dev.torimono.rules.field.FieldCatalog;
import dev.torimono.rules.field.Sample;
import dev.torimono.rules.syntax.ConditionParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PlanTest {
    private static final String[] LEAVES = {
        "evt.type in (open, openat)",
        "evt.type = connect",
        "evt.type != rename",
        "syscall.type exists",
        "evt.is_open_read = true",
        "evt.is_open_write = true",
        "evt.dir = <",
        "evt.num = 0",
        "evt.res = SUCCESS",
        "evt.rawres >= 0",
        "evt.arg.flags contains O_RDWR",
        "evt.arg.newpath startswith /etc",
        "fs.path.name startswith /etc",
        "fs.path.target endswith .bak",
        "fd.name startswith /etc/",
        "fd.name startswith /etc",
        "fd.name startswith /tmp",
        "fd.name in (/etc/shadow, /etc/passwd)",
        "fd.name = /etc/hosts",
        "fd.name != /etc/hosts",
        "fd.name contains shadow",
        "fd.name pmatch (/etc, /usr/lib)",
        "fd.name glob /*/s*",
        "fd.name regex \"/etc/.*w\"",
        "fd.directory = /etc",
        "fd.filename in (shadow, hosts)",
        "fd.typechar = f",
        "fd.num >= 0",
        "fd.sport in (53, 443)",
        "fd.port = 443",
        "fd.port != 443",
        "fd.ip = 8.8.8.8",
        "fd.ip != 8.8.8.8",
        "fd.snet in (8.0.0.0/8)",
        "proc.name in (bash, sshd)",
        "proc.name = cat",
        "proc.name != cat",
        "proc.pname = sshd",
        "proc.aname = init",
        "proc.aname in (sshd, cron)",
        "proc.aname != init",
        "proc.aname[2] = init",
        "proc.cmdline contains shadow",
        "proc.args startswith -c",
        "proc.name = val(proc.pname)",
        "len(fd.name) > 9",
        "tolower(proc.name) = bash",
        "user.name = root",
        "container.id = host",
        "proc.name startswith anyof (ba, ca)",
        "proc.name contains oneof (a, s)",
        "fd.name endswith allof (w, ow)",
        "proc.env[HOME] = /root",
    };

    private final ConditionCompiler compiler = new ConditionCompiler(FieldCatalog.standard());
    private final Random random = new Random(7);

    private static List<Observation> observations() {
        Task shell = Sample.shell();
        Task cat = Sample.task(31, "cat", "/etc/shadow").parent(30, shell);
        return List.of(
                Sample.open(shell, "/etc/shadow", 1, 3),
                Sample.open(cat, "/etc/shadow", 1, 3),
                Sample.open(cat, "/etc/hosts", 3, 4),
                Sample.open(shell, "/tmp/x", 2, 3),
                Sample.open(cat, "/etc/passwd", 1, -13),
                Sample.open(Sample.task(9, "cron"), "usr/lib", 1, -2),
                Sample.connect(shell, 443),
                Sample.connect(cat, 80),
                Sample.rename(shell, "/etc/hosts", "/etc/hosts.bak"),
                Sample.rename(cat, "a", "b"));
    }

    private String condition(int depth) {
        int kind = depth == 0 ? 0 : random.nextInt(4);
        return switch (kind) {
            case 1 -> "(" + condition(depth - 1) + " and " + condition(depth - 1) + ")";
            case 2 -> "(" + condition(depth - 1) + " or " + condition(depth - 1) + ")";
            case 3 -> "not (" + condition(depth - 1) + ")";
            default -> LEAVES[random.nextInt(LEAVES.length)];
        };
    }

    private PlannedRule rule(String condition, int ruleset) {
        return new PlannedRule(
                "syscall", compiler.compile(ConditionParser.parse(condition), "syscall"), ruleset);
    }

    private static List<Integer> matches(Plan plan, Observation o, MatchStrategy strategy) {
        List<Integer> matched = new ArrayList<>();
        plan.match(o, strategy, matched::add);
        return matched;
    }

    @Test
    void sharingAndIndexChangeNoResult() {
        List<Observation> observations = observations();
        for (int round = 0; round < 60; round++) {
            List<PlannedRule> rules = new ArrayList<>();
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < 70; i++) {
                texts.add(condition(4));
                rules.add(rule(texts.getLast(), 0));
            }
            Plan plan = Plan.of(rules);
            for (Observation observation : observations) {
                List<Integer> expected = new ArrayList<>();
                for (int i = 0; i < rules.size(); i++) {
                    if (Plainly.holds(rules.get(i).condition().root(), observation)) {
                        expected.add(i);
                    }
                }
                assertThat(matches(plan, observation, MatchStrategy.ALL))
                        .as("%s of %s", observation.event().type(), texts)
                        .isEqualTo(expected);
                assertThat(matches(plan, observation, MatchStrategy.FIRST))
                        .isEqualTo(expected.stream().limit(1).toList());
            }
        }
    }

    /**
     * More paths than are remembered, some too long to be, some several times, of files,
     * directories and opens that failed.
     */
    private Observation anyOpen(Task task) {
        int range = random.nextBoolean() ? 100 : 5000;
        String path = "/etc/" + random.nextInt(range) + (random.nextBoolean() ? "/shadow" : ".ssh");
        if (random.nextInt(4) == 0) {
            path = path + "/x".repeat(random.nextInt(90)) + "/w";
        }
        Observation open = Sample.open(task, path, 1 + random.nextInt(3), random.nextInt(8) - 2);
        Fd fd = Objects.requireNonNull(open.fd());
        if (fd.kind() != FdKind.UNKNOWN && random.nextInt(3) == 0) {
            fd.kind(random.nextBoolean() ? FdKind.DIRECTORY : FdKind.UNIX_SOCK);
        }
        return open;
    }

    @Test
    void whatIsRememberedOfTextsChangesNoResult() {
        List<Task> tasks = List.of(Sample.shell(), Sample.task(31, "cat", "/etc/shadow"));
        for (int round = 0; round < 6; round++) {
            List<PlannedRule> rules = new ArrayList<>();
            for (int i = 0; i < 80; i++) {
                String own =
                        "fd.name contains /"
                                + i
                                + " or fd.directory = /etc/"
                                + i
                                + " and not fd.filename = w";
                rules.add(rule(i % 3 == 0 ? own : condition(3), 0));
            }
            Plan plan = Plan.of(rules);
            for (int event = 0; event < 6000; event++) {
                Observation observation = anyOpen(tasks.get(random.nextInt(2)));
                List<Integer> got = matches(plan, observation, MatchStrategy.ALL);
                // Comparing all rules each time would take minutes.
                for (int i = event % 24; i < rules.size(); i += 24) {
                    assertThat(got.contains(i))
                            .isEqualTo(Plainly.holds(rules.get(i).condition().root(), observation));
                }
            }
        }
    }

    @Test
    void eventTypesCoverEveryMatch() {
        List<Observation> observations = observations();
        for (int round = 0; round < 300; round++) {
            PlannedRule rule = rule(condition(4), 0);
            Plan plan = Plan.of(List.of(rule));
            for (Observation observation : observations) {
                if (!matches(plan, observation, MatchStrategy.ALL).isEmpty()) {
                    assertThat(plan.eventTypes().get(observation.event().type().code())).isTrue();
                }
            }
        }
    }

    @Test
    void eachRulesetYieldsItsFirstMatch() {
        Plan plan =
                Plan.of(
                        List.of(
                                rule("proc.name = cat", 0),
                                rule("evt.type = openat", 0),
                                rule("proc.name = bash", 0),
                                rule("fd.num >= 0", 1),
                                rule("evt.type = openat", 1)));
        Observation open = Sample.open(Sample.shell(), "/etc/hosts", 1, 3);

        assertThat(matches(plan, open, MatchStrategy.FIRST)).containsExactly(1, 3);
        assertThat(matches(plan, open, MatchStrategy.ALL)).containsExactly(1, 2, 3, 4);
    }

    @Test
    void rulesOfOtherSourcesSeeNothing() {
        PlannedRule audit =
                new PlannedRule(
                        "k8s_audit",
                        compiler.compile(ConditionParser.parse("evt.num > 0"), "k8s_audit"),
                        0);
        Observation open = Sample.open(Sample.shell(), "/etc/hosts", 1, 3);

        assertThat(matches(Plan.of(List.of(audit)), open, MatchStrategy.ALL)).isEmpty();
    }

    @Test
    void moreRulesThanAWordHasBitsKeepTheirOrder() {
        List<PlannedRule> rules = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            rules.add(rule(i % 3 == 0 ? "proc.name = bash" : "proc.name = cat", 0));
        }
        Observation open = Sample.open(Sample.shell(), "/etc/hosts", 1, 3);

        List<Integer> matched = matches(Plan.of(rules), open, MatchStrategy.ALL);

        assertThat(matched).hasSize(67).isSorted().contains(0, 63, 66, 129, 198);
    }
}
