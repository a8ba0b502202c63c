// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.model.Container;
import dev.torimono.model.Enforcement.Refusal;
import dev.torimono.model.Enforcement.Standing;
import dev.torimono.response.policy.PolicyFile;
import dev.torimono.response.scope.HostFacts;
import dev.torimono.response.testing.Containers;
import dev.torimono.rules.LoadOptions;
import dev.torimono.rules.Rule;
import dev.torimono.rules.RuleFile;
import dev.torimono.rules.RuleLoader;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which programs of an image pass whatever else is true of their exec. */
class StandingTest {
    /** The only name of its file, or one of several. */
    private static final boolean ALONE = true;

    private static final boolean LINKED = false;
    private static final String LOADER = "/lib64/ld-linux-x86-64.so.2";
    private static final Container TEST = Containers.named("test");
    private static final String DRIFT =
            """
            policies:
              - name: Drift
                type: drift
                scope: container.name = test
                actions: {prevent: true}
            """;

    private static List<Rule> rule(String condition) {
        String yaml =
                "- {rule: One, desc: d, output: o, priority: WARNING, condition: '"
                        + condition
                        + "'}\n";
        return new RuleLoader(LoadOptions.DEFAULT)
                .load(List.of(new RuleFile("rules.yaml", yaml)))
                .ruleset()
                .rules();
    }

    private static PolicySet load(String yaml, List<Rule> rules) {
        return new PolicyLoader(
                        List.of(),
                        HostFacts.named("box"),
                        PolicyFixture.ABLE,
                        new Tallies(),
                        PolicyFixture.CLOCK)
                .load(List.of(new PolicyFile("policies.yaml", yaml)), rules);
    }

    private static PolicySet acting(String condition) {
        return load(
                """
                policies:
                  - name: Acts
                    scope: container.name = test
                    rules: [One]
                    actions: {prevent: true}
                """,
                rule(condition));
    }

    private static Standing ofLs(PolicySet policies) {
        return policies.acting().standing(TEST, "/bin/ls", "ls", ALONE, Refusal.NONE);
    }

    @Test
    void driftAsksNothingOfProgramsOfTheImage() {
        PolicySet drift = load(DRIFT, rule("evt.type = execve"));

        assertThat(drift.acting().standing(TEST, "/bin/ls", "anything", LINKED, Refusal.NONE))
                .isEqualTo(Standing.ANY_NAME);
        assertThat(drift.acting().prohibits(TEST, LOADER, LINKED, Refusal.NONE)).isFalse();
    }

    @Test
    void driftAsksEachTimeOnlyOfProgramsThatMayBeProhibited() {
        for (String list : List.of("[/bin/nc]", "[/opt/]", "[/bin/nc, /opt/]")) {
            PolicySet drift = prohibiting(list);

            assertThat(ofLs(drift)).as(list).isEqualTo(Standing.ANY_NAME);
            assertThat(drift.acting().standing(TEST, "/bin/ls", "ls", LINKED, Refusal.NONE))
                    .as(list + ": its other name may be one of those")
                    .isEqualTo(Standing.NO);
            assertThat(drift.acting().prohibits(TEST, LOADER, ALONE, Refusal.NONE))
                    .as(list)
                    .isFalse();
            assertThat(drift.acting().prohibits(TEST, LOADER, LINKED, Refusal.NONE))
                    .as(list)
                    .isTrue();
            assertThat(
                            drift.acting()
                                    .prohibits(
                                            Containers.named("other"),
                                            LOADER,
                                            LINKED,
                                            Refusal.NONE))
                    .isFalse();
        }
        assertThat(
                        prohibiting("[/bin/ls]")
                                .acting()
                                .standing(TEST, "/bin/ls", "x", ALONE, Refusal.NONE))
                .isEqualTo(Standing.NO);
        assertThat(
                        prohibiting("[/bin/]")
                                .acting()
                                .standing(TEST, "/bin/ls", "x", ALONE, Refusal.NONE))
                .isEqualTo(Standing.NO);
    }

    @Test
    void prohibitedProgramsThatTheKernelKnowsOfNeedNoAsking() {
        Refusal known = new Refusal(true, Set.of("/bin/nc", "/bin/wget"));
        PolicySet drift = prohibiting("[/bin/nc, /bin/wget]");

        assertThat(drift.acting().standing(TEST, "/bin/ls", "ls", LINKED, known))
                .isEqualTo(Standing.ANY_NAME);
        assertThat(drift.acting().prohibits(TEST, LOADER, LINKED, known)).isFalse();
        assertThat(drift.acting().prohibits(TEST, "/bin/nc", LINKED, known)).isTrue();
        Refusal some = new Refusal(true, Set.of("/bin/nc"));
        assertThat(drift.acting().standing(TEST, "/bin/ls", "ls", LINKED, some))
                .as("one is not there yet")
                .isEqualTo(Standing.NO);
        assertThat(
                        prohibiting("[/bin/nc, /opt/]")
                                .acting()
                                .standing(TEST, "/bin/ls", "ls", LINKED, known))
                .as("a folder is beyond the kernel")
                .isEqualTo(Standing.NO);
    }

    private static PolicySet prohibiting(String list) {
        return load(
                DRIFT + "    drift: {prohibited_binaries: " + list + "}\n",
                rule("evt.type = execve"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evt.type = execve and proc.name in (sh, bash)",
                "evt.type in (execve, execveat) and proc.name = sh and proc.tty != 0",
                "evt.type = execve and proc.exepath startswith /tmp/",
                "evt.type = execve and proc.is_exe_upper_layer = true",
                "evt.type = execve and not proc.name != sh",
                "evt.type = execve and (proc.name = sh or proc.exepath = /bin/cat)",
                "evt.type = execve and proc.exepath contains /x/ or evt.type = open"
            })
    void programThatNoRuleCanMeanStands(String condition) {
        assertThat(ofLs(acting(condition))).isEqualTo(Standing.UNLESS_NAMED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evt.type = execve and proc.name in (sh, ls)",
                "evt.type = execve and proc.name startswith s",
                "evt.type = execve and proc.exepath = /bin/ls",
                "evt.type = execve and proc.exepath != /bin/cat",
                "evt.type = execve and proc.cmdline contains secret",
                "evt.type = execve and not proc.name = sh",
                "evt.type = execve and (proc.name = sh or proc.pname = nginx)",
                "evt.type = execve and proc.is_exe_upper_layer = false"
            })
    void programThatARuleMightMeanIsJudgedEachTime(String condition) {
        assertThat(ofLs(acting(condition))).isEqualTo(Standing.NO);
    }

    @Test
    void programThatIsCalledOtherwiseIsJudgedEachTime() {
        PolicySet shells = acting("evt.type = execve and proc.name = sh");

        assertThat(shells.acting().standing(TEST, "/bin/many", "ls", ALONE, Refusal.NONE))
                .isEqualTo(Standing.NO);
        assertThat(shells.acting().names()).containsExactly("sh");
    }

    @Test
    void unsettledScopeLetsNothingStand() {
        PolicySet drift = load(DRIFT, rule("evt.type = execve"));
        Container pending =
                new Container(
                        "0123456789ab",
                        Containers.ID,
                        "",
                        "docker",
                        "",
                        "",
                        "",
                        "",
                        "",
                        false,
                        java.util.Map.of(),
                        List.of(),
                        "",
                        0,
                        false,
                        false,
                        false,
                        "",
                        null,
                        true);

        assertThat(drift.acting().standing(pending, "/bin/ls", "ls", ALONE, Refusal.NONE))
                .isEqualTo(Standing.NO);
    }

    @Test
    void ruleThatComesFirstAndIsNotThePolicysIsToldOf() {
        String yaml =
                """
                - {rule: Opens, desc: d, output: o, priority: WARNING, condition: evt.type = openat}
                - {rule: Earlier, desc: d, output: o, priority: WARNING, condition: evt.type = execve}
                - {rule: One, desc: d, output: o, priority: WARNING, condition: evt.type = execve}
                - {rule: Later, desc: d, output: o, priority: WARNING, condition: evt.type = execve}
                """;
        List<Rule> rules =
                new RuleLoader(LoadOptions.DEFAULT)
                        .load(List.of(new RuleFile("rules.yaml", yaml)))
                        .ruleset()
                        .rules();
        String policy = "policies: [{name: Acts, rules: [%s], actions: {kill_process: true}}]";

        assertThat(load(policy.formatted("One"), rules).acting().overtaken())
                .singleElement()
                .asString()
                .contains("\"Acts\"", "(Earlier)", "rules.matching: all");
        assertThat(load(policy.formatted("One, Earlier"), rules).acting().overtaken()).isEmpty();
        assertThat(load(policy.formatted("Opens"), rules).acting().overtaken()).isEmpty();
    }

    @Test
    void policyWithoutAnExecRuleHoldsNobody() {
        PolicySet opens = acting("evt.type = openat and fd.name = /etc/shadow");

        assertThat(opens.acting().any()).isFalse();
        assertThat(opens.watch(TEST).holds()).isFalse();
    }
}
