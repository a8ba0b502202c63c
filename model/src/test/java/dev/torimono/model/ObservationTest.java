// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ObservationTest {
    private static final EventType CHDIR = EventType.symbol("SYSCALL_CHDIR_X");

    @Test
    void pathIsReadFromTheEventWhenAsked() {
        Event event = new EventBuilder(CHDIR, 1, 7).text("path", "/srv/www").event();
        Observation observation = new Observation(Accounts.NONE, FdTable.NONE);
        observation.set(event, null, null).pathAt(CHDIR.paramIndex("path"), 4);
        assertThat(observation.path()).hasToString("/www");
    }

    @Test
    void refillingForgetsTheLastPath() {
        Event event = new EventBuilder(CHDIR, 1, 7).text("path", "/srv").event();
        Observation observation = new Observation(Accounts.NONE, FdTable.NONE);
        observation.set(event, null, null).pathAt(CHDIR.paramIndex("path"), 0);
        observation.set(event, null, null);
        assertThat(observation.path()).isNull();
    }
}
