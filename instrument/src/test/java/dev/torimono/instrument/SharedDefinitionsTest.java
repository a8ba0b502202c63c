// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.torimono.instrument.image.ImageLookup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Real definitions, before and after another tool's patch, where the reference material is there.
 */
class SharedDefinitionsTest {
    private static final Path FOLDER =
            Path.of(System.getProperty("torimono.root", "..")).resolve("../shared/serverless");

    private final Instrument instrument =
            new Instrument(
                    new Settings(
                            Map.of(Settings.Key.COLLECTOR, "https://c:7443"), Map.of(), Map.of()),
                    ImageLookup.none());

    private static List<Path> files() throws IOException {
        assumeTrue(Files.isDirectory(FOLDER), FOLDER + " is not there");
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(one -> one.toString().endsWith(".json")).sorted().toList();
        }
    }

    @TestFactory
    Stream<DynamicTest> everyDefinitionIsCoveredAndRestored() throws IOException {
        return files().stream()
                .filter(one -> !isPatched(one))
                .map(
                        one ->
                                DynamicTest.dynamicTest(
                                        one.getFileName().toString(), () -> roundTrip(one)));
    }

    @TestFactory
    Stream<DynamicTest> anotherToolsInstrumentationIsRefused() throws IOException {
        return files().stream()
                .filter(SharedDefinitionsTest::isPatched)
                .map(
                        one ->
                                DynamicTest.dynamicTest(
                                        one.getFileName().toString(),
                                        () ->
                                                assertThatThrownBy(
                                                                () ->
                                                                        instrument.instrument(
                                                                                "x.json",
                                                                                Files.readString(
                                                                                        one)))
                                                        .isInstanceOf(InstrumentException.class)
                                                        .hasMessageMatching(
                                                                "(?s)x\\.json:\\d+:\\d+: container .*"
                                                                        + "another tool's.*")));
    }

    private static boolean isPatched(Path file) {
        String name = file.getFileName().toString();
        return name.contains("expected") || name.contains("Instrumented");
    }

    private void roundTrip(Path file) throws IOException {
        String before = Files.readString(file);
        String after = instrument.instrument("x.json", before).text();
        assertThat(after).contains("\"/opt/torimono/bin/launch\"").contains("\"torimono\"");
        assertThat(instrument.instrument("x.json", after).text()).isEqualTo(after);
        assertThat(Instrument.revert("x.json", after).text()).isEqualTo(before);
    }
}
