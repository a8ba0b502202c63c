// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Tests that share one collector, in a folder of its own, for all of their class. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OneCollector {
    private @Nullable RunningCollector started;

    @BeforeAll
    void startCollector(@TempDir Path folder) throws IOException {
        started = new RunningCollector(folder);
    }

    @AfterAll
    void stopCollector() {
        collector().close();
    }

    final RunningCollector collector() {
        return Objects.requireNonNull(started);
    }
}
