// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.journal;

import dev.torimono.agent.config.AgentConfig;
import dev.torimono.agent.format.JournalFormat;
import dev.torimono.agent.output.FileOutput;
import dev.torimono.agent.output.Line;
import dev.torimono.agent.output.Output;
import java.io.IOException;
import java.time.InstantSource;

/** Alerts kept on this machine, in a file of its own that is rotated by size. */
public final class JournalOutput implements Output {
    private final FileOutput file;
    private final JournalFormat format = new JournalFormat();

    public JournalOutput(AgentConfig.File config) {
        this.file =
                new FileOutput(
                        config.path(), config.maxBytes(), config.keep(), InstantSource.system());
    }

    @Override
    public String name() {
        return "journal";
    }

    @Override
    public void write(Line line) throws IOException {
        file.write(new Line(line.alert(), format));
    }

    @Override
    public void reopen() throws IOException {
        file.reopen();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
