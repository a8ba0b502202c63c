// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.bpf;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * One compiled object: its maps and programs, in the kernel once {@link #load} returned. Nothing is
 * pinned: when this process ends, however it ends, all of it is gone.
 */
public final class BpfObject implements AutoCloseable {
    /** {@code struct bpf_object_open_opts} up to the name: u64 size, pointer to it. */
    private static final int OPEN_OPTIONS_BYTES = 16;

    private final MemorySegment object;

    private final String name;
    private boolean closed;

    private BpfObject(MemorySegment object, String name) {
        this.object = object;
        this.name = name;
    }

    /** Whether libbpf is installed where the loader finds it. */
    public static boolean libraryPresent() {
        return Libbpf.present();
    }

    /** CPUs that may ever be online; numbers of CPUs are below it. */
    public static int possibleCpus() {
        return Libbpf.possibleCpus();
    }

    /** Reads an ELF image; nothing reaches the kernel yet. */
    public static BpfObject open(byte[] image, String name) {
        return LibbpfLog.during(
                log -> {
                    try (Arena arena = Arena.ofConfined()) {
                        MemorySegment copy = arena.allocate(image.length, 8);
                        MemorySegment.copy(image, 0, copy, ValueLayout.JAVA_BYTE, 0, image.length);
                        MemorySegment options = arena.allocate(OPEN_OPTIONS_BYTES, 8);
                        options.set(ValueLayout.JAVA_LONG, 0, OPEN_OPTIONS_BYTES);
                        options.set(ValueLayout.ADDRESS, 8, arena.allocateFrom(name));
                        MemorySegment object = Libbpf.openMem(copy, options, name);
                        return new BpfObject(object, name);
                    }
                });
    }

    public BpfMap map(String mapName) {
        return new BpfMap(Libbpf.findMap(object, mapName), mapName);
    }

    public BpfProgram program(String programName) {
        return new BpfProgram(Libbpf.findProgram(object, programName), programName);
    }

    /**
     * Creates the maps and has the programs verified.
     *
     * @throws BpfException naming the program and the verifier's reason
     */
    public void load() {
        LibbpfLog.during(
                log -> {
                    int result = Libbpf.load(object);
                    if (result != 0) {
                        VerifierLog why = VerifierLog.of(log.text());
                        String where = why.program().isEmpty() ? name : why.program();
                        throw BpfException.of("bpf_object__load", result, where)
                                .explainedBy(where, log.text());
                    }
                    return object;
                });
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            Libbpf.close(object);
        }
    }
}
