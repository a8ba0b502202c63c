// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.generator;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeneratorTest {
    private static final Actions ACTIONS =
            Actions.parse("[inside]\ncontainer: as ls\n\n[outside]\nhost: as ls\n");

    @TempDir private Path folder;

    private Generator generator(Stage stage) {
        return new Generator(ACTIONS, stage, new Sightings(InstantSource.system()), 1, 1);
    }

    @Test
    void aDaemonThatDoesNotAnswerIsToldBeforeAnythingIsDone() {
        try (Stage stage = new Stage(new Stage.Options(folder.resolve("docker.sock"), "", ""))) {
            assertThatThrownBy(() -> generator(stage).check(List.of("outside", "inside")))
                    .isInstanceOf(GeneratorException.class)
                    .hasMessageContaining("docker version");
        }
    }

    @Test
    void rulesOfHostsNeedNoDaemon() {
        try (Stage stage = new Stage(new Stage.Options(folder.resolve("docker.sock"), "", ""))) {
            assertThatCode(() -> generator(stage).check(List.of("outside", "unknown")))
                    .doesNotThrowAnyException();
        }
    }
}
