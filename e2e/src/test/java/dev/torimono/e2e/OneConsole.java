// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.e2e;

import dev.torimono.e2e.fixture.CollectorProcess;
import dev.torimono.e2e.fixture.Container;
import dev.torimono.e2e.fixture.DockerDaemon;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** Scenarios on one stage for all of their class; in order, since what one makes the next finds. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class OneConsole {
    final ConsoleStage stage;
    final Container test;
    final CollectorProcess collector;

    OneConsole(DockerDaemon docker, String name) {
        this.stage = new ConsoleStage(docker, name);
        this.test = stage.test;
        this.collector = stage.collector;
    }

    @AfterAll
    void stop() {
        stage.close();
    }
}
