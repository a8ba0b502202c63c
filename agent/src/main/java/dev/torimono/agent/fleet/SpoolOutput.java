// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.fleet;

import dev.torimono.agent.output.Line;
import dev.torimono.agent.output.Output;
import java.io.IOException;

/** Alerts to the spool, from where they go to the collector. */
final class SpoolOutput implements Output {
    private final Spool spool;

    SpoolOutput(Spool spool) {
        this.spool = spool;
    }

    @Override
    public String name() {
        return "collector";
    }

    @Override
    public void write(Line line) throws IOException {
        spool.append(line.severity(), line.bytes());
    }

    @Override
    public void close() throws IOException {
        spool.close();
    }
}
