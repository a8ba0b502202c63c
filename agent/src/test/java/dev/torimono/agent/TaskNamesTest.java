// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.model.Text;
import dev.torimono.sensor.seccomp.Covered;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskNamesTest {
    private static final String ID = "0123456789abcdef".repeat(4);
    private static final Text PROC = Text.of("/docker/" + ID);

    private final TaskNames names = new TaskNames();
    private final List<String> learned = new ArrayList<>();

    private Text place(String container, Text proc) {
        return names.place(new Covered(container, "", "/bin/app", 7), proc);
    }

    @Test
    void aNewNameIsToldOnceAndAnotherOneAgain() {
        names.whenLearned(learned::add);
        assertThat(names.apply(ID)).isNull();
        assertThat(place("web", PROC)).isEqualTo(PROC);
        place("web", PROC);
        assertThat(names.apply(ID)).isEqualTo("web");
        assertThat(learned).containsExactly(ID);
        place("shop", PROC);
        assertThat(learned).containsExactly(ID, ID);
    }

    @Test
    void aLauncherWithoutANameTellsNothing() {
        names.whenLearned(learned::add);
        place("", PROC);
        assertThat(learned).isEmpty();
        assertThat(place("", Text.of("/"))).isEqualTo(Text.of("/torimono/pid-7"));
    }
}
