// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import dev.torimono.sensor.bpf.BpfMap;
import dev.torimono.sensor.bpf.BpfObject;
import dev.torimono.sensor.bpf.BpfProgram;
import dev.torimono.sensor.gate.EnforcementMemory;
import dev.torimono.sensor.gate.KernelSide;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.BiConsumer;

/** The maps and the program of {@code enforce/}. */
final class EnforcementSide implements KernelSide, AutoCloseable {
    private final BpfMap.Mapping mapping;
    private final EnforcementMemory memory;
    private final BpfProgram inspect;
    private final BpfMap armed;
    private final BpfMap judged;
    private final BpfMap held;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment judgedKey = arena.allocate(16, 8);
    private final MemorySegment verdict = arena.allocate(4, 4);

    EnforcementSide(BpfObject object) {
        mapping = object.map("enforcements").mapValue();
        memory = new EnforcementMemory(mapping.memory());
        inspect = object.program("inspect_file");
        armed = object.map("armed");
        judged = object.map("judged");
        held = object.map("held");
    }

    @Override
    public EnforcementMemory memory() {
        return memory;
    }

    @Override
    public void inspect() {
        inspect.run();
    }

    @Override
    public void arm(long cgroup, long flags) {
        armed.put(cgroup, flags);
    }

    @Override
    public void disarm(long cgroup) {
        armed.removeIfThere(cgroup);
    }

    @Override
    public void judged(long tid, int device, long inode, int said) {
        judgedKey.set(ValueLayout.JAVA_INT, 0, (int) tid);
        judgedKey.set(ValueLayout.JAVA_INT, 4, device);
        judgedKey.set(ValueLayout.JAVA_LONG, 8, inode);
        verdict.set(ValueLayout.JAVA_INT, 0, said);
        judged.put(judgedKey, verdict);
    }

    @Override
    public void eachHeld(BiConsumer<Long, Long> each) {
        held.elements().forEach(each);
    }

    @Override
    public void forgetHeld(long pid) {
        held.removeIfThere(pid);
    }

    @Override
    public void close() {
        mapping.close();
    }
}
