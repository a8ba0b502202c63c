// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.bpf;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** One map of a {@link BpfObject}; lives as long as the object. */
public final class BpfMap {
    private static final long PAGE = 4096;

    private final MemorySegment map;
    private final String name;

    BpfMap(MemorySegment map, String name) {
        this.map = map;
        this.name = name;
    }

    public int fd() {
        return Libbpf.mapFd(map);
    }

    public int valueSize() {
        return Libbpf.mapValueSize(map);
    }

    /** Sets the size (of a ring: in bytes); only before the object is loaded. */
    public BpfMap maxEntries(int entries) {
        Libbpf.mapSetMaxEntries(map, entries);
        return this;
    }

    /** Sets the element of an int key to an int, such as the fd of a program. */
    public void put(int key, int value) {
        try (Arena arena = Arena.ofConfined()) {
            Libbpf.mapUpdate(
                    fd(),
                    arena.allocateFrom(ValueLayout.JAVA_INT, key),
                    arena.allocateFrom(ValueLayout.JAVA_INT, value),
                    name + "[" + key + "]");
        }
    }

    /** Sets the element of a long key to a long. */
    public void put(long key, long value) {
        try (Arena arena = Arena.ofConfined()) {
            Libbpf.mapUpdate(
                    fd(),
                    arena.allocateFrom(ValueLayout.JAVA_LONG, key),
                    arena.allocateFrom(ValueLayout.JAVA_LONG, value),
                    name);
        }
    }

    /** Takes the element of a long key away. */
    public void remove(long key) {
        try (Arena arena = Arena.ofConfined()) {
            Libbpf.mapDelete(fd(), arena.allocateFrom(ValueLayout.JAVA_LONG, key), name);
        }
    }

    /** The sum of a per-CPU counter, the first element of its map. */
    public long sumPerCpu() {
        int cpus = Libbpf.possibleCpus();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment values = arena.allocate(ValueLayout.JAVA_LONG, cpus);
            Libbpf.mapLookup(fd(), arena.allocateFrom(ValueLayout.JAVA_INT, 0), values, name);
            long sum = 0;
            for (int cpu = 0; cpu < cpus; cpu++) {
                sum += values.getAtIndex(ValueLayout.JAVA_LONG, cpu);
            }
            return sum;
        }
    }

    /**
     * Maps the value of a global-data map into this process, shared with the kernel.
     *
     * <p>{@code bpf_map__initial_value} would give libbpf's private copy: what is written there
     * after the load is lost without an error.
     */
    public Mapping mapValue() {
        long length = (valueSize() + PAGE - 1) / PAGE * PAGE;
        return new Mapping(Libc.mmap(fd(), 0, length, Libc.PROT_READ | Libc.PROT_WRITE));
    }

    /** Shared memory until closed. */
    public static final class Mapping implements AutoCloseable {
        private final MemorySegment memory;

        private Mapping(MemorySegment memory) {
            this.memory = memory;
        }

        public MemorySegment memory() {
            return memory;
        }

        @Override
        public void close() {
            Libc.munmap(memory);
        }
    }
}
