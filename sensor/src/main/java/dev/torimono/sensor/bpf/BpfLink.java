// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.bpf;

import java.lang.foreign.MemorySegment;

/** One attachment; closing it detaches. */
public final class BpfLink implements AutoCloseable {
    private final MemorySegment link;
    private final String program;
    private boolean closed;

    BpfLink(MemorySegment link, String program) {
        this.link = link;
        this.program = program;
    }

    /** The program attached. */
    public String program() {
        return program;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            Libbpf.linkDestroy(link);
        }
    }
}
