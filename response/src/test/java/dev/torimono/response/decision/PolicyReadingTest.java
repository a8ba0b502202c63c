// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.response.policy.Actions;
import dev.torimono.response.policy.Actions.Capture;
import dev.torimono.response.policy.Actions.ContainerStep;
import dev.torimono.response.policy.Actions.ProcessStep;
import dev.torimono.response.policy.Exemption;
import dev.torimono.response.policy.Limits;
import dev.torimono.response.policy.Mode;
import dev.torimono.response.policy.Policy;
import dev.torimono.response.policy.PolicyException;
import dev.torimono.response.policy.PolicyType;
import dev.torimono.response.policy.Problem;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyReadingTest {
    private final PolicyFixture fixture = new PolicyFixture();

    private String refusal(String yaml) {
        try {
            fixture.load(yaml);
        } catch (PolicyException e) {
            return e.problems().stream().map(Problem::render).collect(Collectors.joining("\n"));
        }
        throw new AssertionError("it was not refused");
    }

    @Test
    void readsEveryKey() {
        PolicySet set =
                fixture.load(
                        """
                        policies:
                          - name: Shells
                            description: No shells here.
                            type: workload
                            severity: 1
                            enabled: false
                            mode: monitor
                            scope: container.image.repo = nginx
                            rules:
                              - Terminal shell in container
                              - name: "*spawned*"
                              - tag: filesystem
                              - name: File created below /dev
                                enabled: false
                            actions:
                              kill_process: tree
                              prevent: true
                              container: pause
                              capture: {before: 10, after: 20}
                            notify: [soc, pager]
                            runbook: https://wiki/shells
                            limits:
                              kills_per_minute: 5
                              workload_kills_per_minute: 2
                              containers_per_hour: 1
                            exceptions:
                              - name: debug day
                                rules: [Terminal shell in container]
                                scope: container.name = debug
                                reason: We debug on Fridays.
                                owner: ops@example.org
                                expires: 2027-03-31
                        """);

        Policy policy = set.policies().getFirst();
        assertThat(policy.name()).isEqualTo("Shells");
        assertThat(policy.description()).isEqualTo("No shells here.");
        assertThat(policy.type()).isEqualTo(PolicyType.WORKLOAD);
        assertThat(policy.severity()).isEqualTo(1);
        assertThat(policy.enabled()).isFalse();
        assertThat(policy.mode()).isEqualTo(Mode.MONITOR);
        assertThat(policy.scope().text()).isEqualTo("container.image.repo = nginx");
        assertThat(policy.rules()).hasSize(4);
        assertThat(policy.takes("Java process spawned a shell", List.of())).isTrue();
        assertThat(policy.takes("Malicious filenames written", List.of("filesystem"))).isTrue();
        assertThat(policy.takes("File created below /dev", List.of("filesystem"))).isFalse();
        assertThat(policy.actions())
                .isEqualTo(
                        new Actions(
                                ProcessStep.KILL_TREE,
                                true,
                                ContainerStep.PAUSE,
                                new Capture(10, 20)));
        assertThat(policy.channels()).containsExactly("soc", "pager");
        assertThat(policy.runbook()).isEqualTo("https://wiki/shells");
        assertThat(policy.limits()).isEqualTo(new Limits(5, 2, 1));
        Exemption exemption = policy.exemptions().getFirst();
        assertThat(exemption.owner()).isEqualTo("ops@example.org");
        assertThat(exemption.expires()).isEqualTo(Instant.parse("2027-04-01T00:00:00Z"));
        assertThat(set.warnings()).isEmpty();
    }

    @Test
    void defaultsAreMediumEnforcedEverywhereAlertOnly() {
        Policy policy = fixture.one("rules: [Terminal shell in container]").policies().getFirst();

        assertThat(policy.severity()).isEqualTo(4);
        assertThat(policy.severityLabel()).isEqualTo("medium");
        assertThat(policy.enabled()).isTrue();
        assertThat(policy.mode()).isEqualTo(Mode.ENFORCE);
        assertThat(policy.scope().text()).isEmpty();
        assertThat(policy.actions().alertOnly()).isTrue();
    }

    @Test
    void errorShowsPlaceLineAndCaret() {
        assertThat(refusal("policies:\n  - name: A\n    severty: 3\n    rules: [\"*\"]\n"))
                .isEqualTo(
                        """
                        policies.yaml:3:5: policy: unknown key "severty"; did you mean "severity"?
                            severty: 3
                            ^""");
    }

    @Test
    void everythingWrongIsToldAtOnceInOrder() {
        String refusal =
                refusal(
                        """
                        policies:
                          - name: A
                            severity: 9
                            scope: container.nam = x
                            rules:
                              - Terminal shel in container
                            actions:
                              kill_process: maybe
                              container: explode
                          - severity: 3
                            rules: ["*"]
                        """);

        assertThat(refusal.lines().filter(line -> line.startsWith("policies.yaml")))
                .containsExactly(
                        "policies.yaml:3:15: policy: \"severity\": expected a whole number from 0 to"
                                + " 7, found \"9\"",
                        "policies.yaml:4:12: scope: unknown scope field 'container.nam'; did you"
                                + " mean \"container.name\"?",
                        "policies.yaml:6:9: there is no rule \"Terminal shel in container\"; did you"
                                + " mean \"Terminal shell in container\"?",
                        "policies.yaml:8:21: \"actions\" of policy: \"kill_process\": expected true,"
                                + " false or tree, found \"maybe\"",
                        "policies.yaml:9:18: \"actions\" of policy: \"container\": expected stop,"
                                + " kill or pause, found \"explode\"",
                        "policies.yaml:10:5: policy: \"name\" is missing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    scope: host.name = a and container.x=b         | 3:30 | unknown scope field
                    scope: "host.name = a and container.x=b"       | 3:31 | unknown scope field
                    mode: enforced                                 | 3:11 | expected monitor, enforce, found "enforced"
                    enabled: yes                                   | 3:14 | expected true or false, found "yes"
                    type: falco                                    | 3:11 | expected workload, drift, malware
                    drift: {regex: true}                           | 3:5  | only a policy of type drift has it
                    rules: [{nam: x}]                              | 3:14 | did you mean "name"
                    rules: {name: x, tag: y}                       | 3:12 | write either "name" or "tag"
                    exceptions: [{name: x, when: proc.name = sh}]  | 3:18 | "reason" is missing
                    exceptions: [{name: x, reason: r, owner: o}]   | 3:18 | it would switch the whole policy off
                    exceptions: [{name: x, reason: r, owner: o, rules: ["*"], expires: soon}] | 3:72 | expected a day such as
                    actions: [kill]                                | 3:14 | expected keys and values, found a list
                    limits: {kills_per_minute: 0}                  | 3:32 | expected a whole number from 1
                    """)
    void pointsAtWhatIsWrong(String line, String place, String message) {
        assertThat(refusal("policies:\n  - name: A\n    " + line + "\n    rules: [\"*\"]\n"))
                .contains("policies.yaml:" + place + ": ")
                .contains(message);
    }

    @Test
    void foldedScopeIsPointedIntoToo() {
        assertThat(
                        refusal(
                                "policies:\n  - name: A\n    rules: [\"*\"]\n    scope: >\n      host.nam = a\n"))
                .startsWith("policies.yaml:5:7: scope: unknown scope field 'host.nam'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    ``                            | 1:1 | the file is empty
                    `just words`                  | 1:1 | expected keys and values
                    `policies: [`                 | 1:1 | no valid YAML
                    `policies: "\\xZZ"`            | 1:1 | no valid YAML
                    `rules: []`                   | 1:1 | neither "policies" nor "managed"
                    `policies: [{name: A, rules: ["*"]}, {name: A, rules: ["*"]}]` | 1:37 | exists already, at policies.yaml:1:12
                    """)
    void refusesWhatIsNoPolicyFile(String yaml, String place, String message) {
        assertThat(refusal(yaml)).contains("policies.yaml:").contains(message);
        if (!message.contains("YAML")) {
            assertThat(refusal(yaml)).contains(":" + place + ":");
        }
    }

    @Test
    void keyThatStandsTwiceIsRefused() {
        assertThat(refusal("policies:\n  - name: A\n    name: B\n    rules: [\"*\"]\n"))
                .contains("policies.yaml:3:5: policy: \"name\" stands here twice");
    }

    @Test
    void policyWithoutRulesIsRefused() {
        assertThat(refusal("policies:\n  - name: A\n")).contains("it takes no rule");
    }

    @Test
    void wildcardAndTagThatTakeNothingAreWarnedOf() {
        PolicySet set = fixture.one("rules: [\"*\", \"Nothing*\", {tag: shel}]");

        assertThat(set.warnings())
                .extracting(Problem::message)
                .containsExactly(
                        "no rule is named like rule \"Nothing*\"",
                        "no rule has the tag \"shel\"; did you mean \"shell\"?");
    }

    @Test
    void expiredExceptionIsWarnedOf() {
        PolicySet set =
                fixture.one(
                        """
                        rules: ["*"]
                        exceptions:
                          - {name: old, rules: ["*"], reason: r, owner: o, expires: 2026-11-21}
                        """);

        assertThat(set.warnings())
                .extracting(Problem::message)
                .containsExactly("exception \"old\" has expired and no longer applies");
    }

    @Test
    void driftListsAreReadAndChecked() {
        Policy policy =
                fixture.one(
                                """
                                type: drift
                                drift:
                                  volumes: true
                                  exceptions: [/opt/tool, /srv/]
                                  prohibited_binaries: [/usr/bin/nc]
                                """)
                        .policies()
                        .getFirst();

        assertThat(policy.drift().volumes()).isTrue();
        assertThat(policy.drift().exceptions().contains("/srv/x")).isTrue();
        assertThat(policy.drift().prohibitedBinaries().contains("/usr/bin/nc")).isTrue();
        assertThat(refusal("policies: [{name: A, type: drift, drift: {exceptions: [tool]}}]"))
                .contains("expected a full path");
        assertThat(
                        refusal(
                                "policies: [{name: A, type: drift, drift: {regex: true, exceptions:"
                                        + " [\"(\"]}}]"))
                .contains("bad regular expression");
    }

    @Test
    void malwareHashesAreReadAndChecked() {
        String hash = "AB".repeat(32);
        Policy policy =
                fixture.one(
                                "type: malware\nmalware:\n  hashes: ["
                                        + hash
                                        + "]\n  ignore_paths: [/opt/]\n")
                        .policies()
                        .getFirst();

        assertThat(policy.malware().matches("/tmp/x", "ab".repeat(32))).isTrue();
        assertThat(policy.malware().matches("/opt/x", "ab".repeat(32))).isFalse();
        assertThat(refusal("policies: [{name: A, type: malware, malware: {hashes: [abc]}}]"))
                .contains("SHA-256 hashes of 64 hex digits");
    }

    @Test
    void librariesAreJudgedWhereThatIsAskedFor() {
        assertThat(fixture.one("type: drift\ndrift: {libraries: true}").judgesLibraries()).isTrue();
        assertThat(fixture.one("type: drift").judgesLibraries()).isFalse();
    }
}
