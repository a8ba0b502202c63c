// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.instrument.image.ImageLookup;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class InstrumentTest {
    @ParameterizedTest
    @MethodSource("dev.torimono.instrument.Samples#names")
    void definitionsBecomeWhatTheirPairSays(String name) {
        String after = Samples.instrument().instrument(name, Samples.text(name)).text();
        assertThat(after).isEqualTo(Samples.text("after/" + name));
    }

    @ParameterizedTest
    @MethodSource("dev.torimono.instrument.Samples#names")
    void twiceIsOnce(String name) {
        String once = Samples.text("after/" + name);
        assertThat(Samples.instrument().instrument(name, once).text()).isEqualTo(once);
    }

    @ParameterizedTest
    @MethodSource("dev.torimono.instrument.Samples#names")
    void whatWasAskedForStaysWithoutAskingAgain(String name) {
        String once = Samples.text("after/" + name);
        Instrument nothing =
                new Instrument(new Settings(Map.of(), Map.of(), Map.of()), ImageLookup.none());
        assertThat(nothing.instrument(name, once).text()).isEqualTo(once);
    }

    @ParameterizedTest
    @MethodSource("dev.torimono.instrument.Samples#names")
    void revertRestoresEveryByte(String name) {
        String before = Samples.text(name);
        String after = Samples.instrument().instrument(name, before).text();
        assertThat(Instrument.revert(name, after).text()).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("dev.torimono.instrument.Samples#names")
    void linesOfWindowsStay(String name) {
        String before = Samples.text(name).replace("\n", "\r\n");
        String after = Samples.instrument().instrument(name, before).text();
        assertThat(after.replace("\r\n", "")).doesNotContain("\n");
        assertThat(Instrument.revert(name, after).text()).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("dev.torimono.instrument.Samples#names")
    void missingLastLineBreakStaysMissing(String name) {
        String before = Samples.text(name).stripTrailing();
        String after = Samples.instrument().instrument(name, before).text();
        assertThat(after).doesNotEndWith("\n");
        assertThat(Instrument.revert(name, after).text()).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("dev.torimono.instrument.Samples#names")
    void anotherPriorityReplacesTheFirst(String name) {
        Instrument secured =
                new Instrument(
                        Samples.settings(Map.of(Settings.Key.PRIORITY, "security")),
                        Samples::start);
        String changed = secured.instrument(name, Samples.text("after/" + name)).text();
        assertThat(changed).isEqualTo(secured.instrument(name, Samples.text(name)).text());
        assertThat(changed).doesNotContain("availability");
    }

    @ParameterizedTest
    @MethodSource("dev.torimono.instrument.Samples#names")
    void whatWasEditedSinceSurvivesRevert(String name) {
        String before = Samples.text(name);
        String edited =
                Samples.instrument().instrument(name, before).text().replace("shop", "store");
        assertThat(Instrument.revert(name, edited).text())
                .isEqualTo(before.replace("shop", "store"));
    }

    @ParameterizedTest
    @MethodSource("dev.torimono.instrument.Samples#names")
    void revertOfSomethingElseSaysSoAndChangesNothing(String name) {
        Instrument.Outcome outcome = Instrument.revert(name, Samples.text(name));
        assertThat(outcome.text()).isEqualTo(Samples.text(name));
        assertThat(outcome.notes()).singleElement().asString().contains("is not instrumented");
    }
}
