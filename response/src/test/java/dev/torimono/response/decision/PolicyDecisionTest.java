// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.decision;

import static dev.torimono.response.testing.Observations.exec;
import static dev.torimono.response.testing.Observations.finding;
import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.model.Container;
import dev.torimono.model.Verdict;
import dev.torimono.response.action.Action;
import dev.torimono.response.decision.Capabilities.Killing;
import dev.torimono.response.decision.Capabilities.Prevention;
import dev.torimono.response.drift.DriftJudgement;
import dev.torimono.response.drift.DriftJudgement.Reason;
import dev.torimono.response.drift.Execution;
import dev.torimono.response.drift.Origin;
import dev.torimono.response.policy.Actions;
import dev.torimono.response.policy.Actions.ContainerStep;
import dev.torimono.response.testing.Containers;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class PolicyDecisionTest {
    private static final String SHELL = "Terminal shell in container";

    private final PolicyFixture fixture = new PolicyFixture();
    private final Container test = Containers.named("test");

    private static List<Action> done(Decision decision) {
        return decision.actions().stream()
                .filter(planned -> !planned.monitored())
                .map(PlannedAction::action)
                .toList();
    }

    @Test
    void killsOnlyInsideItsScope() {
        PolicySet set =
                fixture.one(
                        """
                        scope: container.name = test
                        rules: [Terminal shell in container]
                        actions: {kill_process: true}
                        """);

        Decision inside = set.decide(finding(SHELL), exec("sh", test, 0));
        Decision outside = set.decide(finding(SHELL), exec("sh", Containers.named("db"), 0));
        Decision onHost = set.decide(finding(SHELL), exec("sh", null, 0));
        Decision otherRule =
                set.decide(finding("Malicious filenames written"), exec("sh", test, 0));

        assertThat(done(inside)).containsExactly(new Action.KillProcess(false));
        assertThat(inside.verdicts().getFirst().actions()).containsExactly("kill_process");
        assertThat(outside).isSameAs(Decision.NONE);
        assertThat(onHost).isSameAs(Decision.NONE);
        assertThat(otherRule).isSameAs(Decision.NONE);
    }

    @Test
    void strongestActionWinsAndEveryPolicyIsTold() {
        PolicySet set =
                fixture.load(
                        """
                        policies:
                          - name: Tell
                            severity: 6
                            rules: ["*"]
                          - name: Kill
                            rules: ["*"]
                            actions: {kill_process: true, container: pause, capture: {before: 5, after: 1}}
                          - name: Tree
                            severity: 0
                            rules: [{tag: shell}]
                            actions: {kill_process: tree, container: stop, capture: {before: 1, after: 9}}
                        """);

        Decision decision = set.decide(finding(SHELL, "shell"), exec("sh", test, 0));

        assertThat(decision.verdicts())
                .extracting(Verdict::policy)
                .containsExactly("Tell", "Kill", "Tree");
        assertThat(done(decision))
                .containsExactly(
                        new Action.KillProcess(true),
                        new Action.OnContainer(ContainerStep.STOP),
                        new Action.TakeCapture(new Actions.Capture(5, 9)));
        assertThat(decision.actions().getFirst().policy()).isEqualTo("Tree");
    }

    @Test
    void preventRefusesAHeldExecAndKillsOneThatHappened() {
        PolicySet set = fixture.one("rules: [\"*\"]\nactions: {prevent: true}");

        Decision held = set.decide(finding(SHELL), exec("bash", test, 0), Moment.HELD);
        Decision happened = set.decide(finding(SHELL), exec("sh", test, 0));

        assertThat(held.prevents()).isTrue();
        assertThat(done(held)).containsExactly(new Action.Prevent(false));
        assertThat(happened.prevents()).isFalse();
        assertThat(done(happened)).containsExactly(new Action.KillProcess(false));
        assertThat(happened.verdicts().getFirst().notes())
                .containsExactly("it was not held before it happened: killed instead of prevented");
    }

    @Test
    void callerOfAnExecThatFailedIsLeftAlone() {
        PolicySet set = fixture.one("rules: [\"*\"]\nactions: {kill_process: true}");

        Decision decision = set.decide(finding(SHELL), exec("bash", test, -1));

        assertThat(decision.verdicts()).hasSize(1);
        assertThat(decision.actions()).isEmpty();
    }

    @Test
    void nodeThatCannotPreventKillsAndSaysSo() {
        Capabilities killer = new Capabilities(Prevention.NONE, Killing.PIDFD, false, false);
        PolicySet set =
                new PolicyFixture(killer, List.of())
                        .one("rules: [\"*\"]\nactions: {prevent: true, container: stop}");

        EffectiveMode effective = set.effective().getFirst();
        assertThat(effective.strength()).isEqualTo("kill");
        assertThat(effective.notes())
                .containsExactly(
                        "this node cannot prevent an exec: the process is killed instead",
                        "no container runtime answers: stop is not done");
        assertThat(done(set.decide(finding(SHELL), exec("sh", test, 0), Moment.HELD)))
                .containsExactly(new Action.KillProcess(false));
    }

    @Test
    void operatorWhoIgnoresContainerActionsGetsTheOthers() {
        Capabilities spared =
                new Capabilities(Prevention.FANOTIFY, Killing.KERNEL, true, true, true);
        PolicySet set =
                new PolicyFixture(spared, List.of())
                        .one("rules: [\"*\"]\nactions: {kill_process: true, container: stop}");

        EffectiveMode effective = set.effective().getFirst();
        assertThat(effective.notes())
                .containsExactly("policies.ignore-container-actions is set: stop is not done");
        assertThat(done(set.decide(finding(SHELL), exec("sh", test, 0))))
                .containsExactly(new Action.KillProcess(false));
    }

    @Test
    void nodeThatCanNothingOnlyTells() {
        PolicySet set =
                new PolicyFixture(Capabilities.NONE, List.of())
                        .one("rules: [\"*\"]\nactions: {prevent: true, capture: {after: 5}}");

        assertThat(set.effective().getFirst().strength()).isEqualTo("detect");
        assertThat(set.effective().getFirst().notes()).hasSize(3);
        assertThat(set.decide(finding(SHELL), exec("sh", test, 0)).actions()).isEmpty();
    }

    @Test
    void monitoringPolicyCountsWhatItWouldHaveDone() {
        PolicySet set = fixture.one("mode: monitor\nrules: [\"*\"]\nactions: {kill_process: true}");

        Decision decision = set.decide(finding(SHELL), exec("sh", test, 0));

        assertThat(done(decision)).isEmpty();
        assertThat(decision.actions()).hasSize(1);
        assertThat(decision.verdicts().getFirst().notes())
                .containsExactly("the policy only monitors: nothing is done");
        PolicyTally tally = fixture.tallies.of("One");
        assertThat(tally.findings()).isEqualTo(1);
        assertThat(tally.wouldHave()).isEqualTo(1);
        assertThat(tally.planned()).isZero();
    }

    @Test
    void talliesSurviveAReload() {
        String body = "rules: [\"*\"]\nactions: {kill_process: true}";
        fixture.one(body).decide(finding(SHELL), exec("sh", test, 0));
        fixture.one(body).decide(finding(SHELL), exec("sh", test, 0));

        assertThat(fixture.tallies.of("One").planned()).isEqualTo(2);
    }

    @Test
    void exceptionTakesOutItsRuleInItsScope() {
        PolicySet set =
                fixture.one(
                        """
                        rules: ["*"]
                        exceptions:
                          - name: debugging
                            rules: [Terminal shell in container]
                            scope: container.name = debug
                            reason: r
                            owner: o
                        """);
        Container debug = Containers.named("debug");

        assertThat(set.decide(finding(SHELL), exec("sh", debug, 0))).isSameAs(Decision.NONE);
        assertThat(set.decide(finding("File created below /dev"), exec("sh", debug, 0)).verdicts())
                .hasSize(1);
        assertThat(set.decide(finding(SHELL), exec("sh", test, 0)).verdicts()).hasSize(1);
        assertThat(fixture.tallies.of("One").exempted()).isEqualTo(1);
    }

    @Test
    void exceptionWithAConditionLooksAtTheObservation() {
        PolicySet set =
                fixture.one(
                        """
                        rules: ["*"]
                        exceptions:
                          - {name: bash, when: proc.name = bash, reason: r, owner: o}
                        """);

        assertThat(set.decide(finding(SHELL), exec("bash", test, 0))).isSameAs(Decision.NONE);
        assertThat(set.decide(finding(SHELL), exec("sh", test, 0)).verdicts()).hasSize(1);
    }

    @Test
    void expiredExceptionTakesNothingOut() {
        PolicySet set =
                fixture.one(
                        """
                        rules: ["*"]
                        exceptions:
                          - {name: x, rules: ["*"], reason: r, owner: o, expires: 2026-11-22T12:00:00Z}
                        """);

        assertThat(set.decide(finding(SHELL), exec("sh", test, 0)).verdicts()).hasSize(1);
    }

    @Test
    void disabledPolicyTakesNoPart() {
        PolicySet set = fixture.one("enabled: false\nrules: [\"*\"]");

        assertThat(set.decide(finding(SHELL), exec("sh", test, 0))).isSameAs(Decision.NONE);
        assertThat(set.policies()).hasSize(1);
    }

    @Test
    void pendingContainerIsDecidedWhenItsRuntimeAnswers() {
        PolicySet set =
                fixture.one(
                        """
                        scope: container.name = test
                        rules: ["*"]
                        actions: {kill_process: true}
                        """);

        Decision open =
                set.decide(
                        finding(SHELL), exec("sh", Container.pending(Containers.ID, "docker"), 0));

        assertThat(open.verdicts()).isEmpty();
        assertThat(open.open()).hasSize(1);
        assertThat(done(open.settle(test))).containsExactly(new Action.KillProcess(false));
        assertThat(open.settle(Containers.named("db"))).isSameAs(Decision.NONE);
    }

    @Test
    void driftIsJudgedByEveryCoveringPolicy() {
        PolicySet set =
                fixture.load(
                        """
                        policies:
                          - {name: All, type: drift}
                          - name: Test
                            type: drift
                            scope: container.name = test
                            actions: {prevent: true}
                            drift: {exceptions: [/opt/tool]}
                        """);
        Execution added = new Execution("/x", Origin.ADDED, Execution.Manner.EXEC, "/bin/sh");
        Execution tool = new Execution("/opt/tool", Origin.ADDED, Execution.Manner.EXEC, "/bin/sh");

        Decision decision = set.decideDrift(added, test, null, Moment.HELD);
        assertThat(decision.verdicts()).extracting(Verdict::policy).containsExactly("All", "Test");
        assertThat(done(decision)).containsExactly(new Action.Prevent(true));
        assertThat(decision.drift()).isEqualTo(new DriftJudgement(Reason.ADDED, added));
        assertThat(set.decideDrift(tool, test, null, Moment.HELD).prevents()).isFalse();
        assertThat(set.decideDrift(added, null, null, Moment.HELD)).isSameAs(Decision.NONE);
        assertThat(set.watchesDrift(test)).isTrue();
    }

    /** Of several that object, one that acts is heard first, then one that prohibits. */
    @Test
    void reasonThatIsToldIsThatOfWhoActsOrProhibits() {
        String all = "policies:\n  - {name: All, type: drift}\n";
        String lists = "  - {name: Lists, type: drift, drift: {prohibited_parents: [/bin/sh]}}\n";
        String acts = "  - {name: Acts, type: drift, actions: {prevent: true}}\n";
        Execution added = new Execution("/x", Origin.ADDED, Execution.Manner.EXEC, "/bin/sh");

        assertThat(reason(all, added)).isEqualTo(Reason.ADDED);
        assertThat(reason(all + lists, added)).isEqualTo(Reason.PROHIBITED_PARENT);
        assertThat(reason(all + lists + acts, added)).isEqualTo(Reason.ADDED);
        assertThat(fixture.load(all).objects(added, test)).isTrue();
    }

    private Reason reason(String policies, Execution execution) {
        return Objects.requireNonNull(
                        fixture.load(policies)
                                .decideDrift(execution, test, null, Moment.HELD)
                                .drift())
                .reason();
    }
}
