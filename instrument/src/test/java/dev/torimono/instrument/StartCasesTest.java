// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.torimono.instrument.image.ImageLookup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What a container starts: entry point and command, each given or left to the image. */
class StartCasesTest {
    private static final String EP = "\"ENTRY\": [\"/bin/a\", \"b c\"],";
    private static final String CMD = "\"COMMAND\": [\"d\", \"e\"],";

    /** The same container in each format; both YAML and Terraform's expressions take JSON. */
    enum Format {
        ECS(
                "x.json",
                "{\"memory\": \"1\", \"containerDefinitions\": [%s]}",
                "entryPoint",
                "command"),
        LIST("x.json", "[%s]", "entryPoint", "command"),
        CLOUDFORMATION(
                "x.json",
                "{\"Resources\": {\"T\": {\"Type\": \"AWS::ECS::TaskDefinition\", \"Properties\":"
                        + " {\"ContainerDefinitions\": [%s]}}}}",
                "EntryPoint",
                "Command"),
        CLOUDFORMATION_YAML(
                "x.yaml",
                """
                Resources:
                  T:
                    Type: AWS::ECS::TaskDefinition
                    Properties:
                      ContainerDefinitions:
                        - %s
                """,
                "EntryPoint",
                "Command"),
        KUBERNETES(
                "x.yaml",
                "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - %s\n",
                "command",
                "args"),
        TERRAFORM(
                "x.tf",
                "resource \"aws_ecs_task_definition\" \"t\" {\n  container_definitions ="
                        + " jsonencode([%s])\n}\n",
                "entryPoint",
                "command"),
        TERRAFORM_HEREDOC(
                "x.tf",
                """
                resource "aws_ecs_task_definition" "t" {
                  container_definitions = <<EOF
                [%s]
                EOF
                }
                """,
                "entryPoint",
                "command");

        private final String file;
        private final String around;
        private final String entry;
        private final String command;

        Format(String file, String around, String entry, String command) {
            this.file = file;
            this.around = around;
            this.entry = entry;
            this.command = command;
        }

        String text(String start) {
            String name = name().startsWith("CLOUD") ? "Name" : "name";
            String image = name().startsWith("CLOUD") ? "Image" : "image";
            String body = "{\"%s\": \"app\", %s \"%s\": \"i:1\"}".formatted(name, start, image);
            return around.formatted(body.replace("ENTRY", entry).replace("COMMAND", command));
        }

        /** Entry point and command, one behind the other, as the container's runtime runs them. */
        List<String> runs(String text) {
            int from = text.indexOf('{', Math.max(0, text.indexOf("app") - 20));
            Load yaml = new Load(LoadSettings.builder().build());
            Map<?, ?> container =
                    (Map<?, ?>) Objects.requireNonNull(yaml.loadFromString(own(text, from)));
            List<String> words = new ArrayList<>();
            for (String key : List.of(entry, command)) {
                if (container.get(key) instanceof List<?> list) {
                    list.forEach(one -> words.add((String) one));
                }
            }
            return words;
        }

        private static String own(String text, int from) {
            int depth = 0;
            int at = from;
            do {
                depth += text.charAt(at) == '{' ? 1 : text.charAt(at) == '}' ? -1 : 0;
                at++;
            } while (depth > 0);
            return text.substring(from, at).replace(" = ", ": ");
        }
    }

    private static String covered(Format format, String start) {
        String before = format.text(start);
        Instrument.Outcome outcome = Samples.instrument().instrument(format.file, before);
        assertThat(Instrument.revert(format.file, outcome.text()).text()).isEqualTo(before);
        assertThat(Samples.instrument().instrument(format.file, outcome.text()).text())
                .isEqualTo(outcome.text());
        return outcome.text();
    }

    @ParameterizedTest
    @EnumSource
    void bothRunBehindTheLauncher(Format format) {
        assertThat(format.runs(covered(format, EP + CMD)))
                .containsExactly(Samples.LAUNCHER, "/bin/a", "b c", "d", "e");
    }

    @ParameterizedTest
    @EnumSource
    void entryPointAloneLeavesTheImagesCommandOutAsBefore(Format format) {
        assertThat(format.runs(covered(format, EP)))
                .containsExactly(Samples.LAUNCHER, "/bin/a", "b c");
    }

    @ParameterizedTest
    @EnumSource
    void commandAloneFollowsTheImagesEntryPoint(Format format) {
        assertThat(format.runs(covered(format, CMD)))
                .containsExactly(Samples.LAUNCHER, "/entry.sh", "d", "e");
    }

    @ParameterizedTest
    @EnumSource
    void neitherRunsWhatTheImageSays(Format format) {
        assertThat(format.runs(covered(format, "")))
                .containsExactly(Samples.LAUNCHER, "/entry.sh", "run");
    }

    @ParameterizedTest
    @EnumSource
    void emptyListsAreNone(Format format) {
        assertThat(format.runs(covered(format, "\"ENTRY\": [], \"COMMAND\": [],")))
                .containsExactly(Samples.LAUNCHER, "/entry.sh", "run");
    }

    @ParameterizedTest
    @EnumSource
    void unknownImageIsSaidWithItsPlaceAndWhatToDo(Format format) {
        Instrument blind = Samples.without(ImageLookup.none());
        for (String start : List.of("", CMD)) {
            assertThatThrownBy(() -> blind.instrument(format.file, format.text(start)))
                    .isInstanceOf(InstrumentException.class)
                    .hasMessageMatching("(?s)x\\.\\w+:\\d+:\\d+: container \"app\": .*")
                    .hasMessageContaining("i:1")
                    .hasMessageContaining("--entry-point 'app=");
        }
    }

    @ParameterizedTest
    @EnumSource
    void entryPointIsTakenFromTheUser(Format format) {
        Instrument told =
                new Instrument(
                        new Settings(
                                Samples.settings(Map.of()).values(),
                                Map.of("app", List.of("/told")),
                                Map.of("app", List.of("so"))),
                        ImageLookup.none());
        String text = told.instrument(format.file, format.text("")).text();
        assertThat(format.runs(text)).containsExactly(Samples.LAUNCHER, "/told", "so");
        Instrument later = Samples.without(ImageLookup.none());
        assertThat(later.instrument(format.file, text).text()).isEqualTo(text);
        assertThatThrownBy(() -> later.instrument(format.file, text.replace("i:1", "i:2")))
                .hasMessageContaining("i:2");
    }

    /** What a shell of the image is to expand, nobody else may; nor the second time. */
    @ParameterizedTest
    @EnumSource
    void dollarSignsOfTheImageStayItsOwn(Format format) {
        Map<String, List<String>> command = Map.of("app", List.of("$(A) $$(B) ${C} %{D} $E"));
        Settings settings = Samples.settings(Map.of());
        Instrument told =
                new Instrument(
                        new Settings(settings.values(), Map.of("app", List.of("sh")), command),
                        ImageLookup.none());
        String text = told.instrument(format.file, format.text("")).text();
        String written =
                switch (format) {
                    case KUBERNETES -> "$$(A) $$$$(B) $${C} %{D} $$E";
                    case TERRAFORM, TERRAFORM_HEREDOC -> "$(A) $$(B) $${C} %%{D} $E";
                    case ECS, LIST, CLOUDFORMATION, CLOUDFORMATION_YAML ->
                            "$(A) $$(B) ${C} %{D} $E";
                };
        assertThat(format.runs(text)).containsExactly(Samples.LAUNCHER, "sh", written);
        Instrument later = Samples.without(ImageLookup.none());
        assertThat(later.instrument(format.file, text).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @EnumSource
    void launcherWithoutItsSidecarIsRefused(Format format) {
        String start = "\"ENTRY\": [\"" + Samples.LAUNCHER + "\", \"/bin/a\"],";
        assertThatThrownBy(() -> Samples.instrument().instrument(format.file, format.text(start)))
                .isInstanceOf(InstrumentException.class)
                .hasMessageContaining("take the launcher out by hand");
    }
}
