// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.output;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Alerts to stdout, each in one unbuffered write. When its reader is gone the agent ends. */
public final class StreamOutput implements Output {
    private final String name;
    private final OutputStream out;

    public StreamOutput(String name, OutputStream out) {
        this.name = name;
        this.out = out;
    }

    /** The process's own stdout. */
    public static StreamOutput stdout() {
        return new StreamOutput("stdout", new FileOutputStream(FileDescriptor.out));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void write(Line line) throws IOException {
        try {
            out.write(line.bytesWithNewline());
            out.flush();
        } catch (IOException e) {
            String why = e.getMessage();
            if (why != null && why.contains("Broken pipe")) {
                throw new ReaderGoneException(name + ": its reader has closed it", e);
            }
            throw e;
        }
    }

    /** Stdout belongs to the process. */
    @Override
    public void close() throws IOException {
        out.flush();
    }
}
