// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where what was asked for ends up. */
class PlacesOfValuesTest {
    private static final String TASK =
            "{\"memory\": \"1\", \"containerDefinitions\": [{\"name\": \"a\", \"entryPoint\": [\"a\"]},"
                    + " {\"name\": \"b\", \"entryPoint\": [\"b\"]}]}";
    private static final String POD =
            """
            apiVersion: v1
            kind: Pod
            spec:
              initContainers:
              - {name: i, command: [i]}
              containers:
              - {name: a, command: [a]}
            """;

    private static Instrument.Outcome with(
            Map<Settings.Key, String> values, String name, String text) {
        return new Instrument(Samples.settings(values), Samples::start).instrument(name, text);
    }

    @Test
    void onlyIncludedContainersAreCovered() {
        String text = with(Map.of(Settings.Key.INCLUDE, "b"), "x.json", TASK).text();
        assertThat(text)
                .contains("{\"name\": \"a\", \"entryPoint\": [\"a\"]}")
                .contains("[\"" + Samples.LAUNCHER + "\", \"b\"]");
    }

    @Test
    void excludedContainersAreNotCovered() {
        String text = with(Map.of(Settings.Key.EXCLUDE, "b"), "x.json", TASK).text();
        assertThat(text).contains("{\"name\": \"b\", \"entryPoint\": [\"b\"]}");
        Instrument.Outcome none = with(Map.of(Settings.Key.EXCLUDE, "a,b"), "x.json", TASK);
        assertThat(none.text()).isEqualTo(TASK);
        assertThat(none.notes()).anyMatch(one -> one.contains("no container is to be covered"));
    }

    @Test
    void mistypedNamesAreRefused() {
        assertThatThrownBy(() -> with(Map.of(Settings.Key.EXCLUDE, "c"), "x.json", TASK))
                .hasMessage("x.json: there is no container \"c\"; there are a, b");
    }

    @Test
    void securityMakesTheSidecarEssential() {
        assertThat(with(Map.of(Settings.Key.PRIORITY, "security"), "x.json", TASK).text())
                .contains("\"essential\": true")
                .contains("{\"name\": \"TORIMONO_PRIORITY\", \"value\": \"security\"}");
        assertThat(with(Map.of(), "x.json", TASK).text()).contains("\"essential\": false");
    }

    @Test
    void accessKeyIsAReferenceAndNeverAValue() {
        assertThat(with(Map.of(Settings.Key.ACCESS_KEY_SECRET, "arn:s"), "x.json", TASK).text())
                .contains(
                        "\"secrets\": [{\"name\": \"TORIMONO_FLEET_ACCESS_KEY\", \"valueFrom\":"
                                + " \"arn:s\"}]");
        assertThat(with(Map.of(Settings.Key.ACCESS_KEY_SECRET, "s/k"), "x.yaml", POD).text())
                .contains(
                        "secretKeyRef:\n        name: s\n        key: k\n"
                                .indent(2)
                                .stripTrailing());
    }

    @Test
    void logGroupOfTheAgentIsItsOwnOrThatOfTheFirstContainer() {
        Map<Settings.Key, String> group =
                Map.of(Settings.Key.LOG_GROUP, "g", Settings.Key.LOG_REGION, "eu-west-1");
        assertThat(with(group, "x.json", TASK).text())
                .contains("\"awslogs-group\": \"g\"", "\"awslogs-stream-prefix\": \"torimono\"");
        assertThatThrownBy(() -> with(Map.of(Settings.Key.LOG_GROUP, "g"), "x.json", TASK))
                .hasMessageContaining("--log-region");
        assertThat(with(Map.of(), "x.json", TASK).notes())
                .anyMatch(one -> one.contains("the agent's own log goes nowhere"));
        String logging =
                TASK.replaceFirst(
                        "\\[\"a\"]",
                        "[\"a\"], \"logConfiguration\": {\"logDriver\": \"awslogs\", \"options\":"
                                + " {\"awslogs-group\": \"mine\"}}");
        Instrument.Outcome copied = with(Map.of(), "x.json", logging);
        assertThat(copied.text().split("\"mine\"", -1)).hasSize(3);
        assertThat(copied.notes()).isEmpty();
    }

    @Test
    void memoryIsReservedWhereTheTaskHasNone() {
        assertThat(with(Map.of(), "x.json", TASK).text()).doesNotContain("memoryReservation");
        assertThat(with(Map.of(), "x.json", TASK.replace("\"memory\": \"1\", ", "")).text())
                .contains("\"memoryReservation\": 256");
        assertThat(with(Map.of(Settings.Key.MEMORY, "300"), "x.json", TASK).text())
                .contains("\"memoryReservation\": 300");
    }

    @Test
    void referencesAreLeftToTheDialectThatKnowsThem() {
        Map<Settings.Key, String> image = Map.of(Settings.Key.IMAGE, "${Repository}/agent");
        String yaml =
                "Resources: {T: {Type: 'AWS::ECS::TaskDefinition', Properties:"
                        + " {ContainerDefinitions: [{Name: a, EntryPoint: [a]}]}}}";
        assertThat(with(image, "x.yaml", yaml).text()).contains("!Sub \"${Repository}/agent\"");
        assertThatThrownBy(() -> with(image, "x.json", TASK))
                .hasMessageContaining("only CloudFormation and Terraform know it");
    }

    @Test
    void textThatTerraformWouldEvaluateIsEscaped() {
        String file =
                "resource \"aws_ecs_task_definition\" \"t\" {\n  container_definitions ="
                        + " jsonencode([{ name = \"a$${b}\", entryPoint = [\"a\"] }])\n}\n";
        assertThat(with(Map.of(), "x.tf", file).text())
                .contains("name = \"TORIMONO_CONTAINER\", value = \"a$${b}\"");
    }

    @Test
    void valuesThatNothingHasAreRefused() {
        Map<Settings.Key, String> wrong =
                Map.of(
                        Settings.Key.COLLECTOR, "http://collector",
                        Settings.Key.FINGERPRINT, "abc",
                        Settings.Key.MEMORY, "-5",
                        Settings.Key.IMAGE, "a b");
        wrong.forEach(
                (key, value) ->
                        assertThatThrownBy(() -> Samples.settings(Map.of(key, value)))
                                .isInstanceOf(InstrumentException.class)
                                .hasMessageStartingWith("--" + key.name().toLowerCase(Locale.ROOT))
                                .hasMessageContaining("found \"" + value + "\""));
        Map<Settings.Key, String> secret = Map.of(Settings.Key.ACCESS_KEY_SECRET, "arn:aws:x");
        assertThatThrownBy(() -> with(secret, "x.yaml", POD))
                .hasMessageContaining("expected NAME/KEY of a Kubernetes secret");
    }

    @Test
    void aPodThatEndsByItselfGetsASidecarThatLetsIt() {
        String ends = POD.replace("spec:", "spec:\n  restartPolicy: OnFailure");
        assertThat(with(Map.of(), "x.yaml", ends).text())
                .containsSubsequence("initContainers:", "restartPolicy: Always", "{name: i,");
        assertThat(with(Map.of(), "x.yaml", POD).text()).doesNotContain("restartPolicy");
    }

    @Test
    void whatCloudFormationTakesAwayIsAsGoodAsNotThere() {
        String template =
                """
                Resources:
                  T:
                    Type: AWS::ECS::TaskDefinition
                    Properties:
                      PidMode: !Ref AWS::NoValue
                      ContainerDefinitions:
                        - Name: a
                          Image: i
                          EntryPoint: [a]
                          Environment: {Ref: AWS::NoValue}
                """;
        String after = with(Map.of(), "x.yaml", template).text();
        assertThat(after).contains("PidMode: \"task\"").contains("Environment: [{");
        assertThat(Instrument.revert("x.yaml", after).text()).isEqualTo(template);
    }

    @Test
    void tasksThatALoopMakesAreCovered() {
        String template =
                """
                Transform: AWS::LanguageExtensions
                Resources:
                  Fn::ForEach::Tasks:
                    - Name
                    - [a, b]
                    - Task${Name}:
                        Type: AWS::ECS::TaskDefinition
                        Properties:
                          ContainerDefinitions:
                            - {Name: a, Image: i, EntryPoint: [a]}
                """;
        assertThat(with(Map.of(), "x.yaml", template).text())
                .contains("EntryPoint: [\"" + Samples.LAUNCHER + "\", a]");
    }

    @Test
    void pidNamespaceOfTheHostStays() {
        Instrument.Outcome task =
                with(
                        Map.of(),
                        "x.json",
                        TASK.replace("{\"memory\"", "{\"pidMode\": \"host\", \"memory\""));
        assertThat(task.text()).contains("\"pidMode\": \"host\"").doesNotContain("\"task\"");
        assertThat(task.notes()).anyMatch(one -> one.contains("pid mode host"));
        Instrument.Outcome pod =
                with(Map.of(), "x.yaml", POD.replace("spec:", "spec:\n  hostPID: true"));
        assertThat(pod.text()).doesNotContain("shareProcessNamespace");
    }

    @Test
    void listOfContainersAloneSaysWhatElseIsNeeded() {
        assertThat(with(Map.of(), "x.json", "[{\"name\": \"a\", \"entryPoint\": [\"a\"]}]").notes())
                .anyMatch(one -> one.contains("must say pidMode: task"));
    }

    @Test
    void initContainersAreCoveredOnlyWhenNamed() {
        assertThat(with(Map.of(), "x.yaml", POD).text()).contains("{name: i, command: [i]}");
        String both = with(Map.of(Settings.Key.INCLUDE, "i,a"), "x.yaml", POD).text();
        assertThat(both).contains("{name: i, command: [\"" + Samples.LAUNCHER + "\", i]");
        // Only a sidecar among the init containers runs while they do.
        assertThat(both)
                .containsSubsequence(
                        "- name: torimono-launcher\n", "- name: torimono\n    image", "{name: i");
        assertThat(both).contains("restartPolicy: Always");
        assertThat(Instrument.revert("x.yaml", both).text()).isEqualTo(POD);
    }
}
