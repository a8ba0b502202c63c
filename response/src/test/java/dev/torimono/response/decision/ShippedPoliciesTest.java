// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.response.policy.Actions.ProcessStep;
import dev.torimono.response.policy.Mode;
import dev.torimono.response.policy.Policy;
import dev.torimono.response.policy.PolicyException;
import dev.torimono.response.policy.PolicyFile;
import dev.torimono.response.policy.Problem;
import dev.torimono.response.scope.HostFacts;
import dev.torimono.rules.LoadOptions;
import dev.torimono.rules.Rule;
import dev.torimono.rules.RuleFile;
import dev.torimono.rules.RuleLoader;
import dev.torimono.ruleset.ShippedRules;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The policies and examples that come with the program, against the rules that do. */
class ShippedPoliciesTest {
    private static final Path EXAMPLES =
            Path.of(System.getProperty("torimono.root", ".."), "ruleset", "examples");

    private static final List<Rule> RULES = shippedRules();

    private static List<Rule> shippedRules() {
        List<RuleFile> files =
                ShippedRules.files().stream()
                        .map(file -> new RuleFile(file.name(), file.content()))
                        .toList();
        return new RuleLoader(LoadOptions.DEFAULT).load(files).ruleset().rules();
    }

    private static List<PolicyFile> managed() {
        return ShippedRules.text("policies/index.txt")
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(name -> new PolicyFile(name, ShippedRules.text("policies/" + name)))
                .toList();
    }

    private static PolicySet load(List<PolicyFile> files) {
        return new PolicyLoader(
                        managed(),
                        HostFacts.named("box"),
                        PolicyFixture.ABLE,
                        new Tallies(),
                        PolicyFixture.CLOCK)
                .load(files, RULES);
    }

    private static Policy policy(PolicySet set, String name) {
        return set.policies().stream()
                .filter(policy -> policy.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void managedPoliciesOnlyDetectAndNameRulesThatExist() {
        PolicySet set = load(List.of());

        assertThat(set.policies())
                .extracting(Policy::name)
                .containsExactly(
                        "Runtime Threat Detection",
                        "Runtime Threat Intelligence",
                        "Runtime Notable Events",
                        "Container Drift");
        assertThat(set.policies()).allMatch(policy -> policy.actions().alertOnly());
        assertThat(set.policies()).allMatch(policy -> !policy.description().isBlank());
        assertThat(set.warnings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"kill-process.yaml", "prevent-shell.yaml", "drift-prevent.yaml"})
    void examplesLoadAndActInTheContainerNamedTestOnly(String name) {
        PolicySet set = load(PolicyFile.read(EXAMPLES.resolve(name)));

        assertThat(set.policies()).hasSize(5);
        Policy policy = set.policies().getLast();
        assertThat(policy.scope().text()).isEqualTo("container.name = test");
        assertThat(policy.mode()).isEqualTo(Mode.ENFORCE);
        assertThat(policy.actions().alertOnly()).isFalse();
        assertThat(set.warnings()).isEmpty();
    }

    @Test
    void folderOfExamplesLoadsAsOne() {
        assertThat(load(PolicyFile.read(EXAMPLES)).policies()).hasSize(7);
    }

    @Test
    void preventOfWhatIsNoExecIsWarnedOf() {
        PolicySet set =
                load(
                        List.of(
                                new PolicyFile(
                                        "mine.yaml",
                                        """
                                        policies:
                                          - name: Both
                                            rules:
                                              - Terminal shell in container
                                              - Malicious filenames written
                                            actions: {prevent: true}
                                        """)));

        assertThat(set.warnings())
                .extracting(Problem::message)
                .containsExactly(
                        "rule \"Malicious filenames written\" is not about an exec: it cannot be"
                                + " prevented, its process is killed instead");
    }

    @Test
    void managedPolicyIsCopiedIntoOneThatActs() {
        PolicySet set =
                load(
                        List.of(
                                new PolicyFile(
                                        "mine.yaml",
                                        """
                                        policies:
                                          - name: Threats in shop
                                            copy_of: Runtime Threat Detection
                                            scope: k8s.ns.name = shop
                                            rules:
                                              - {name: File created below /dev, enabled: false}
                                            actions: {kill_process: tree}
                                        """)));

        Policy copy = policy(set, "Threats in shop");
        assertThat(copy.managed()).isFalse();
        assertThat(copy.severity()).isEqualTo(2);
        assertThat(copy.actions().process()).isEqualTo(ProcessStep.KILL_TREE);
        assertThat(copy.takes("Execution from /dev/shm", List.of())).isTrue();
        assertThat(copy.takes("File created below /dev", List.of())).isFalse();
        assertThat(policy(set, "Runtime Threat Detection").actions().alertOnly()).isTrue();
    }

    @Test
    void managedPolicyIsChangedInWhatIsTheUsers() {
        PolicySet set =
                load(
                        List.of(
                                new PolicyFile(
                                        "mine.yaml",
                                        """
                                        managed:
                                          - name: Runtime Notable Events
                                            scope: container.image.repo != debian
                                            notify: [soc]
                                            rules:
                                              - {name: Terminal shell in container, enabled: false}
                                          - name: Container Drift
                                            enabled: false
                                        """)));

        Policy notable = policy(set, "Runtime Notable Events");
        assertThat(notable.managed()).isTrue();
        assertThat(notable.channels()).containsExactly("soc");
        assertThat(notable.takes("Terminal shell in container", List.of())).isFalse();
        assertThat(notable.takes("Read sensitive file untrusted", List.of())).isTrue();
        assertThat(policy(set, "Container Drift").enabled()).isFalse();
        assertThat(set.policies()).hasSize(4);
    }

    /** As a collector sends it to agents of several versions. */
    @Test
    void changeOfAPolicyOfAnotherVersionIsLeftOutWhereItMayBe() {
        PolicySet set =
                load(
                        List.of(
                                new PolicyFile(
                                        "mine.yaml",
                                        """
                                        managed:
                                          - name: Of The Next Version
                                            optional: true
                                            drift: {volumes: true}
                                          - name: Runtime Notable Events
                                            optional: true
                                            severity: 6
                                            rules:
                                              - {name: Of The Next Version, enabled: false}
                                        """)));

        assertThat(policy(set, "Runtime Notable Events").severity()).isEqualTo(6);
        assertThat(set.policies()).hasSize(4);
        assertThat(set.warnings())
                .extracting(Problem::message)
                .anyMatch(message -> message.contains("its change is left out"))
                .anyMatch(message -> message.contains("there is no rule"))
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "managed: [{name: Runtime Threats}]",
                "managed: [{name: Container Drift, description: mine}]",
                "managed: [{name: Container Drift, drift: {volumes: true}}]",
                "policies: [{name: Container Drift, type: drift}]",
                "policies: [{name: Mine, copy_of: Contaner Drift}]"
            })
    void whatIsNotTheUsersIsRefused(String yaml) {
        List<Problem> problems = List.of();
        try {
            load(List.of(new PolicyFile("mine.yaml", yaml)));
        } catch (PolicyException e) {
            problems = e.problems();
        }

        assertThat(problems).isNotEmpty();
        assertThat(problems.getFirst().message()).containsPattern("managed|did you mean");
    }
}
