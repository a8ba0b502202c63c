// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefinitionFileTest {
    @TempDir private Path folder;

    @Test
    void whatIsWrittenTakesTheFilesPlaceOnlyWhenItIsTold() throws IOException {
        Path file = Files.writeString(folder.resolve("task.json"), "before");
        DefinitionFile definition = DefinitionFile.read(file.toString());
        try (DefinitionFile.Next given = definition.next("given up")) {
            assertThat(given).isNotNull();
        }
        assertThat(file).hasContent("before");
        try (DefinitionFile.Next next = definition.next("after")) {
            next.replace();
        }
        assertThat(file).hasContent("after");
        assertThat(folder).isDirectoryNotContaining("glob:**.next");
    }

    @Test
    void whatCannotBeWrittenSaysSoBeforeAnythingIsReplaced() throws IOException {
        Path file = Files.writeString(folder.resolve("task.json"), "before");
        DefinitionFile definition = DefinitionFile.read(file.toString());
        Files.delete(file);
        assertThatThrownBy(() -> definition.next("after"))
                .isInstanceOf(InstrumentException.class)
                .hasMessageStartingWith(file + ": cannot be written: ");
    }
}
