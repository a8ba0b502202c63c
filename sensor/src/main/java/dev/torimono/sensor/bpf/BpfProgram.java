// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.bpf;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** One program of a {@link BpfObject}; lives as long as the object. */
public final class BpfProgram {
    /** Of {@code struct bpf_prog_info}; kernels accept a longer one whose tail is zero. */
    private static final int INFO_BYTES = 232;

    private static final int INFO_VERIFIED_INSTRUCTIONS = 216;
    private static final int TEST_RUN_OPTIONS_BYTES = 80;

    private final MemorySegment program;
    private final String name;
    private final Arena arena = Arena.ofAuto();
    private final MemorySegment options = arena.allocate(TEST_RUN_OPTIONS_BYTES, 8);
    private final MemorySegment errno = NativeFunction.errnoSegment(arena);

    /** To be run; 0 before the first time. */
    private int runFd;

    BpfProgram(MemorySegment program, String name) {
        this.program = program;
        this.name = name;
    }

    public String name() {
        return name;
    }

    public int fd() {
        return Libbpf.programFd(program);
    }

    /** Whether loading the object loads it too; only before. */
    public BpfProgram autoload(boolean load) {
        Libbpf.programSetAutoload(program, load);
        return this;
    }

    /** Attaches to the hook that its section names. */
    public BpfLink attach() {
        return LibbpfLog.during(
                log -> {
                    try {
                        return new BpfLink(Libbpf.programAttach(program, name), name);
                    } catch (BpfException e) {
                        throw e.explainedBy(name, log.text());
                    }
                });
    }

    /**
     * Runs it once, here and now, with an empty context; for raw tracepoint programs. One thread at
     * a time.
     */
    public void run() {
        if (runFd == 0) {
            runFd = fd();
            options.set(ValueLayout.JAVA_LONG, 0, TEST_RUN_OPTIONS_BYTES);
        }
        Libbpf.programTestRun(errno, runFd, options, name);
    }

    /** Instructions that the verifier walked, the measure of its patience (limit 1,000,000). */
    public int verifiedInstructions() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment info = arena.allocate(INFO_BYTES, 8);
            MemorySegment length = arena.allocateFrom(ValueLayout.JAVA_INT, INFO_BYTES);
            Libbpf.objectInfo(fd(), info, length);
            return info.get(ValueLayout.JAVA_INT, INFO_VERIFIED_INSTRUCTIONS);
        }
    }
}
