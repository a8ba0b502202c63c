// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.bpf;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.LinkedHashMap;
import java.util.Map;

/** One map of a {@link BpfObject}; lives as long as the object. */
public final class BpfMap {
    private static final long PAGE = 4096;
    private static final int MOST_STEPS = 65_536;

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

    /** Whether loading the object creates it; only before. */
    public BpfMap autocreate(boolean create) {
        Libbpf.mapSetAutocreate(map, create);
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

    /** Takes the element of a long key away, if it is there. */
    public boolean removeIfThere(long key) {
        try (Arena arena = Arena.ofConfined()) {
            return Libbpf.mapDeleteIfThere(
                    fd(), arena.allocateFrom(ValueLayout.JAVA_LONG, key), name);
        }
    }

    /** Sets the element of any key; the memory is the caller's. */
    public void put(MemorySegment key, MemorySegment value) {
        Libbpf.mapUpdate(fd(), key, value, name);
    }

    /** Takes the element of any key away, if it is there; the memory is the caller's. */
    public boolean removeIfThere(MemorySegment key) {
        return Libbpf.mapDeleteIfThere(fd(), key, name);
    }

    /** Every element of a map from long to long; one that comes or goes meanwhile may be missed. */
    public Map<Long, Long> elements() {
        Map<Long, Long> all = new LinkedHashMap<>();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment key = arena.allocate(ValueLayout.JAVA_LONG);
            MemorySegment value = arena.allocate(ValueLayout.JAVA_LONG);
            boolean more = Libbpf.mapNextKey(fd(), MemorySegment.NULL, key, name);
            // A map that changes could lead in circles: no more steps than it has places.
            for (int i = 0; more && i < MOST_STEPS; i++) {
                if (Libbpf.mapFind(fd(), key, value, name)) {
                    all.put(key.get(ValueLayout.JAVA_LONG, 0), value.get(ValueLayout.JAVA_LONG, 0));
                }
                more = Libbpf.mapNextKey(fd(), key, key, name);
            }
        }
        return all;
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
        return mapArray(1);
    }

    /** Maps the values of an array that was declared mappable. */
    public Mapping mapArray(int entries) {
        // An element takes a multiple of eight bytes.
        long element = (valueSize() + 7L) & ~7L;
        long length = (element * entries + PAGE - 1) / PAGE * PAGE;
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
