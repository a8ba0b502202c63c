// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever comes in: a text that can be taken back, or an error that names its place. */
class HostileInputTest {
    private static final String PIECES = "{}[]\"':,-#\n \t&*!|>\\${}<=%éa0";

    @ParameterizedTest
    @MethodSource("dev.torimono.instrument.Samples#names")
    void damagedDefinitionsAreRefusedOrCanBeTakenBack(String name) {
        Random random = new Random(name.hashCode());
        int covered = 0;
        for (int i = 0; i < 400; i++) {
            covered += survives(name, damaged(Samples.text(name), random)) ? 1 : 0;
        }
        assertThat(covered).as("damage that does not matter").isPositive();
    }

    @ParameterizedTest
    @MethodSource("dev.torimono.instrument.Samples#names")
    void damagedInstrumentationIsRefusedOrCanBeTakenBack(String name) {
        Random random = new Random(name.hashCode());
        for (int i = 0; i < 300; i++) {
            String text = damaged(Samples.text("after/" + name), random);
            try {
                Instrument.revert(name, text);
            } catch (InstrumentException e) {
                assertThat(e).hasMessageContaining(name);
            }
        }
    }

    private static boolean survives(String name, String text) {
        String after;
        try {
            after = Samples.instrument().instrument(name, text).text();
        } catch (InstrumentException e) {
            assertThat(e).hasMessageContaining(name);
            return false;
        }
        assertThat(Instrument.revert(name, after).text()).isEqualTo(text);
        assertThat(Samples.instrument().instrument(name, after).text()).isEqualTo(after);
        return true;
    }

    private static String damaged(String text, Random random) {
        StringBuilder out = new StringBuilder(text);
        for (int n = random.nextInt(3); n >= 0; n--) {
            int at = random.nextInt(out.length());
            switch (random.nextInt(3)) {
                case 0 -> out.deleteCharAt(at);
                case 1 -> out.insert(at, PIECES.charAt(random.nextInt(PIECES.length())));
                default -> out.setCharAt(at, PIECES.charAt(random.nextInt(PIECES.length())));
            }
        }
        return out.toString();
    }

    static Stream<Arguments> refused() {
        String pod = "apiVersion: v1\nkind: Pod\nspec:\n";
        String tf = "resource \"aws_ecs_task_definition\" \"t\" {\n  container_definitions = ";
        String task =
                "Resources: {T: {Type: 'AWS::ECS::TaskDefinition', Properties: {ContainerDefinitions: ";
        return Stream.of(
                Arguments.of("pod.yaml", pod + "  containers: \"\\x", "no valid number"),
                Arguments.of("x.json", "[{\"name\": \"a\"", "x.json:1:14: expected a comma or }"),
                Arguments.of(
                        "x.json",
                        "{\"a\": 1, \"a\": 2}",
                        "x.json:1:10: the key \"a\" is there twice"),
                Arguments.of("x.json", "{\"a\":\n tru}", "x.json:2:2: expected a JSON value"),
                Arguments.of(
                        "x.json",
                        "[".repeat(100_000),
                        "x.json:1:101: nested deeper than 100 levels"),
                Arguments.of("x.json", "{}", "x.json: nothing to instrument"),
                Arguments.of(
                        "x.json", "[{\"image\": \"a\"}]", "x.json:1:2: a container without a name"),
                Arguments.of(
                        "x.json",
                        "[{\"name\": \"a\", \"environment\": [], \"Environment\": [], \"entryPoint\": [\"a\"]}]",
                        "x.json:1:35: both environment and Environment are there"),
                Arguments.of(
                        "x.json",
                        "[{\"name\": \"a\", \"entryPoint\": \"sh\"}]",
                        "x.json:1:30: container \"a\": entryPoint must be a list"),
                Arguments.of(
                        "x.yaml",
                        "a: b: c",
                        "x.yaml:1:5: no YAML: mapping values are not allowed here"),
                Arguments.of("x.yaml", "kind: {{ .Values.kind }}\n{{ end }}", "render it first"),
                Arguments.of(
                        "x.yaml", "a: 1\nb: 2\na: 3\n", "x.yaml:3:1: the key \"a\" is there twice"),
                Arguments.of("x.yaml", "[".repeat(100_000), "nested deeper than 100 levels"),
                Arguments.of(
                        "x.yaml",
                        pod + "  containers: []\n",
                        "x.yaml:4:15: Pod: has no containers"),
                Arguments.of(
                        "x.yaml",
                        pod + "  containers: x\n",
                        "x.yaml:4:15: Pod: the containers must be a list"),
                Arguments.of(
                        "x.yaml",
                        pod + "  containers:\n  - &c {name: a, image: i, command: [a]}\n  - *c\n",
                        "x.yaml:6:5: a container must stand here, found the alias *c"),
                Arguments.of(
                        "x.yaml",
                        pod
                                + "  containers:\n  - {name: a, command: &c [a], image: i}\n"
                                + "  - {name: b, command: *c, image: i}\n",
                        "x.yaml:6:24: container \"b\": command must be a list"),
                Arguments.of(
                        "x.yaml",
                        pod + "  containers:\n  - name: a\n    <<: {command: [a]}\n",
                        "x.yaml:6:5: a merge key may bring anything"),
                Arguments.of(
                        "x.yaml",
                        pod
                                + "  nodeSelector: {kubernetes.io/os: windows}\n  containers:\n  - {name: a, command: [a]}\n",
                        "Windows containers cannot be covered"),
                Arguments.of(
                        "x.yaml",
                        task + "!Ref Containers}}}",
                        "x.yaml:1:86: task definition T: the containers must be a list in this file, found !Ref"),
                Arguments.of(
                        "x.yaml",
                        task + "[{Name: a, EntryPoint: !Split [',', !Ref E]}]}}}",
                        "x.yaml:1:109: container \"a\": EntryPoint must be a list for the launcher to be put before it, found !Split"),
                Arguments.of(
                        "x.tf",
                        tf
                                + "jsonencode([])\n  runtime_platform {\n"
                                + "    operating_system_family = \"WINDOWS_SERVER_2022_CORE\"\n  }\n}\n",
                        "x.tf:4:5: Windows containers cannot be covered"),
                Arguments.of(
                        "x.tf.json",
                        "{\"resource\": {\"aws_ecs_task_definition\": {\"t\": {\"runtime_platform\":"
                                + " [{\"operating_system_family\": \"WINDOWS_SERVER_2022_CORE\"}],"
                                + " \"container_definitions\": \"[]\"}}}}",
                        "Windows containers cannot be covered"),
                Arguments.of(
                        "x.yaml",
                        pod
                                + "  containers:\n  - {name: a, command: [a]}\n"
                                + "  volumes:\n  - {name: torimono, hostPath: {path: /}}\n",
                        "x.yaml:7:5: volumes has torimono already"),
                Arguments.of(
                        "x.yaml",
                        pod
                                + "  containers:\n  - {name: a, command: [a], env: [{name:"
                                + " TORIMONO_PRIORITY, value: security}]}\n",
                        "env has TORIMONO_PRIORITY already"),
                Arguments.of(
                        "x.yaml",
                        pod
                                + "  containers:\n  - {name: a, command: [a], volumeMounts: [{name: v,"
                                + " mountPath: /opt/torimono}]}\n",
                        "something is mounted at /opt/torimono already"),
                Arguments.of(
                        "x.json",
                        "[{\"name\": \"a\", \"entryPoint\": [\"a\"], \"mountPoints\": [{\"sourceVolume\":"
                                + " \"v\", \"containerPath\": \"/opt/torimono/bin\"}]}]",
                        "something is mounted at /opt/torimono/bin already"),
                Arguments.of(
                        "x.tf",
                        tf + "file(\"c.json\")\n}\n",
                        "x.tf:2:27: the containers are in the file c.json: instrument that one"),
                Arguments.of(
                        "x.tf",
                        tf + "jsonencode(local.all)\n}\n",
                        "x.tf:2:27: container_definitions must be jsonencode([…])"),
                Arguments.of(
                        "x.tf",
                        tf + "jsonencode([local.one])\n}\n",
                        "x.tf:2:39: a container must stand here, found the expression local.one"),
                Arguments.of(
                        "x.tf",
                        tf + "<<EOF\n[{]\nEOF\n}\n",
                        "x.tf:3:3: expected a key in double quotes"),
                Arguments.of(
                        "x.tf", tf + "<<EOF\n[{]\n}\n", "x.tf:2:27: this heredoc is not closed"),
                Arguments.of(
                        "x.tf",
                        "module \"m\" {\n  container_definitions = {}\n}\n",
                        "x.tf:2:3: container_definitions of a module"),
                Arguments.of("x.tf", "a \"b\" {", "x.tf:1:7: this block is not closed"),
                Arguments.of(
                        "x.tf", "a = " + "f(".repeat(100_000), "nested deeper than 100 levels"),
                Arguments.of(
                        "x.tf", "a = \"" + "${\"".repeat(100_000), "this string is not closed"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusalNamesPlaceAndReason(String name, String text, String message) {
        assertThatThrownBy(() -> Samples.instrument().instrument(name, text))
                .isInstanceOf(InstrumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aChangeThatAnAliasWouldCarryElsewhereIsRefused() {
        String text =
                """
                apiVersion: v1
                kind: Pod
                spec:
                  containers:
                  - name: a
                    command: [a]
                    env: &env
                    - {name: A, value: b}
                  - name: b
                    command: [b]
                    env: *env
                """;
        assertThatThrownBy(() -> Samples.instrument().instrument("x.yaml", text))
                .hasMessageContaining("x.yaml:11:10: env must be written out");
        String one = text.replace("env: *env", "args: *env");
        assertThatThrownBy(() -> Samples.instrument().instrument("x.yaml", one))
                .hasMessageContaining("this is also used as *env elsewhere");
    }

    @Test
    void theLineInQuestionIsShown() {
        assertThatThrownBy(() -> Samples.instrument().instrument("x.json", "{\n\t\"a\":\t tru\n}"))
                .hasMessage("x.json:2:8: expected a JSON value\n  \t\"a\":\t tru\n  \t    \t ^");
        String long1 = "[" + " ".repeat(200) + "1, 2, x" + " ".repeat(200) + "]";
        assertThatThrownBy(() -> Samples.instrument().instrument("x.json", long1))
                .message()
                .contains("\n  …")
                .endsWith("\n " + " ".repeat(62) + "^")
                .hasSizeLessThan(300);
        assertThatThrownBy(() -> Samples.instrument().instrument("x.json", "{"))
                .hasMessage("x.json:1:2: the JSON document ends before its }\n  {\n   ^");
    }

    @Test
    void everythingThatIsWrongIsToldAtOnce() {
        String text =
                "[{\"name\": \"a\", \"entryPoint\": 1},\n {\"name\": \"b\", \"entryPoint\": 2}]";
        assertThatThrownBy(() -> Samples.instrument().instrument("x.json", text))
                .hasMessageContaining("x.json:1:30:")
                .hasMessageContaining("\nx.json:2:30:");
    }
}
