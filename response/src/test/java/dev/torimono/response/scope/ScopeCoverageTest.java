// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.torimono.model.Container;
import dev.torimono.response.testing.Containers;
import dev.torimono.rules.RuleException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScopeCoverageTest {
    private static final HostFacts HOST =
            new HostFacts(
                    "web-7",
                    List.of("10.0.23.1", "192.168.0.9"),
                    List.of("02:42:ac:11:00:02"),
                    "prod",
                    "node-1",
                    Map.of("team", "payments", "cost-centre", "42"));

    private static Coverage covers(String scope, @Nullable Container container) {
        return Scope.compile(scope).covers(HOST, container);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    container.name = test                              | YES | NO
                    container.name = "test"                            | YES | NO
                    container.name != test                             | NO  | YES
                    container.id != ""                                 | YES | NO
                    container.id = ""                                  | NO  | YES
                    container.id != host                               | YES | NO
                    container.id = host                                | NO  | YES
                    container.id = 0123456789ab0123456789ab0123456789ab0123456789ab0123456789ab0123 | YES | NO
                    container.name in (test, other)                    | YES | NO
                    container.name not in (test, other)                | NO  | YES
                    container.image.repo = docker.io/library/nginx     | YES | NO
                    container.image.repository contains nginx          | YES | NO
                    container.image.repository not contains nginx      | NO  | YES
                    container.image starts with docker.io/             | YES | NO
                    container.image startsWith docker.io/              | YES | NO
                    container.image not startsWith docker.io/          | NO  | YES
                    container.image startswith docker.io/              | YES | NO
                    container.image.tag glob 1.*                       | YES | NO
                    container.image.tag regex "1[.][0-9]+"             | YES | NO
                    container.image.tag regex "1"                      | NO  | NO
                    container.image.tag != 1.28                        | YES | NO
                    container.privileged = false                       | YES | NO
                    container.host_network = true                      | YES | NO
                    container.image.digest exists                      | NO  | NO
                    container.image.digest not exists                  | YES | YES
                    not container.name = test                          | NO  | YES
                    host.hostName = web-7                              | YES | YES
                    host.ip.private = "10.0.23.1"                      | YES | YES
                    host.ip.private = 192.168.0.9                      | YES | YES
                    host.mac = 02:42:ac:11:00:02                       | YES | YES
                    kubernetes.cluster.name = prod                     | YES | YES
                    k8s.node.name = node-1                             | YES | YES
                    agent.tag.team = payments                          | YES | YES
                    agent.tag.cost-centre = 42                         | YES | YES
                    agent.tag[cost-centre] = 42                        | YES | YES
                    agent.tag.nothing = x                              | NO  | NO
                    container.name = test and agent.tag.team = x       | NO  | NO
                    container.name = test or host.name = web-7         | YES | YES
                    container.name = test and not (container.image.tag = latest or container.privileged = true) | YES | NO
                    """)
    void coversByContainerAndHost(String scope, Coverage inContainer, Coverage onHost) {
        assertThat(covers(scope, Containers.named("test")))
                .as("in container")
                .isEqualTo(inContainer);
        assertThat(covers(scope, null)).as("on host").isEqualTo(onHost);
    }

    @Test
    void blankCoversEverything() {
        assertThat(covers("", null)).isEqualTo(Coverage.YES);
        assertThat(covers("  ", Containers.named("x"))).isEqualTo(Coverage.YES);
    }

    @Test
    void labelsWithDotsDashesAndSlashesAreReadBehindADot() {
        Container container =
                Containers.labelled(Map.of("app.kubernetes.io/name", "shop", "a-b", "c"));

        assertThat(covers("container.label.app.kubernetes.io/name = shop", container))
                .isEqualTo(Coverage.YES);
        assertThat(covers("container.label[a-b] = c and container.label.a-b = c", container))
                .isEqualTo(Coverage.YES);
    }

    @ParameterizedTest
    @CsvSource({
        "shop-5d9c7b8f6d-x2x4z, pod-template-hash, 5d9c7b8f6d, deployment, shop",
        "db-0, statefulset.kubernetes.io/pod-name, db-0, statefulset, db",
        "log-agent-7xk2p, controller-revision-hash, 6f5d, daemonset, log-agent",
        "nightly-28-abcde, job-name, nightly-28, job, nightly-28"
    })
    void workloadIsToldFromWhatItsControllerLeaves(
            String pod, String label, String value, String kind, String name) {
        Container container = Containers.inPod(pod, Map.of(label, value));

        assertThat(covers("k8s.workload.name = " + name, container)).isEqualTo(Coverage.YES);
        assertThat(covers("kubernetes." + kind + ".name = " + name, container))
                .isEqualTo(Coverage.YES);
    }

    @Test
    void podFieldsAreReadUnderBothNames() {
        Container container = Containers.inPod("shop-1", Map.of("tier", "front"));

        assertThat(covers("k8s.ns.name = shop and kubernetes.namespace.name = shop", container))
                .isEqualTo(Coverage.YES);
        assertThat(covers("kubernetes.pod.label.tier = front", container)).isEqualTo(Coverage.YES);
    }

    @Test
    void pendingContainerIsUnknownWhereItsRuntimeMustAnswer() {
        Container pending = Container.pending(Containers.ID, "docker");

        assertThat(covers("container.name = test", pending)).isEqualTo(Coverage.UNKNOWN);
        assertThat(covers("not container.name = test", pending)).isEqualTo(Coverage.UNKNOWN);
        assertThat(covers("container.id != \"\"", pending)).isEqualTo(Coverage.YES);
        assertThat(covers("container.name = test and host.name = x", pending))
                .isEqualTo(Coverage.NO);
        assertThat(covers("container.name = test or host.name = web-7", pending))
                .isEqualTo(Coverage.YES);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    container.nam = test            | 0  | did you mean "container.name"
                    host.name = a and container.x=b | 18 | unknown scope field 'container.x'
                    proc.name = sh                  | 0  | unknown scope field 'proc.name'
                    container.name < 5              | 0  | a scope cannot use '<'
                    in_container                    | 0  | a scope knows no macros
                    tolower(container.name) = x     | 0  | a scope cannot use the function
                    container.name in names         | 18 | write the values in parentheses
                    container.name regex "("        | 21 | bad regular expression
                    container.label.a-b = = c       | 22 | expected
                    kubernetes.namespace.label.x = y | 0 | labels of namespaces are not known
                    """)
    void refusesWhatItCannotEvaluateAndPointsAtIt(String scope, int column, String message) {
        assertThatThrownBy(() -> Scope.compile(scope))
                .isInstanceOfSatisfying(
                        RuleException.class,
                        e -> {
                            assertThat(e.getMessage()).contains(message);
                            assertThat(e.span()).isNotNull();
                            assertThat(e.span().start()).as("column").isEqualTo(column);
                        });
    }
}
