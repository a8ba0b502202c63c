// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.rules.field.Field;
import dev.torimono.rules.field.FieldCatalog;
import dev.torimono.rules.field.LiveLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FieldsPageTest {
    @Test
    void thePageInTheDocumentationIsCurrent() throws IOException {
        Path page = Path.of(System.getProperty("torimono.root", "..")).resolve("docs/fields.md");
        assertThat(FieldsPage.text())
                .as("run ./torimono rules fields --markdown > docs/fields.md")
                .isEqualTo(Files.readString(page));
    }

    @Test
    void everyFieldThatIsNotHiddenHasARow() {
        String page = FieldsPage.text();
        for (Field field : FieldCatalog.standard().fields()) {
            if (!field.is(Field.Trait.HIDDEN)) {
                assertThat(page).contains("| `" + field.name());
            }
        }
    }

    @Test
    void limitsAreOfFieldsThatThereAre() {
        for (String name : new LiveLimits().names()) {
            String start = name.replace("*", "");
            assertThat(FieldCatalog.standard().fields())
                    .as(name)
                    .anyMatch(
                            field ->
                                    name.endsWith("*")
                                            ? field.name().startsWith(start)
                                            : field.name().equals(start));
        }
    }
}
