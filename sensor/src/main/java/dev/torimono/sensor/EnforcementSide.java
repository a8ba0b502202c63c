// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import dev.torimono.sensor.bpf.BpfException;
import dev.torimono.sensor.bpf.BpfLink;
import dev.torimono.sensor.bpf.BpfMap;
import dev.torimono.sensor.bpf.BpfObject;
import dev.torimono.sensor.bpf.BpfProgram;
import dev.torimono.sensor.gate.EnforcementMemory;
import dev.torimono.sensor.gate.KernelSide;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The maps and the program of {@code enforce/}. */
final class EnforcementSide implements KernelSide, AutoCloseable {
    /** {@code enum standing}. */
    private static final int UNLESS_NAMED = 1;

    private static final int ANY_NAME = 2;

    /** {@code struct name_key}: a comm and its end. */
    private static final int NAME_BYTES = 16;

    private static final int ANSWERS = 8192;
    private static final int ANSWER_SHIFT = 2;

    private final BpfMap.Mapping mapping;
    private final BpfMap.Mapping answers;
    private final EnforcementMemory memory;
    private final BpfProgram inspect;
    private final BpfMap armed;
    private final BpfMap held;
    private final BpfMap standing;
    private final BpfMap names;
    private final BpfMap prohibited;
    private final BpfProgram refuse;

    /** Why the security module is not loaded; empty when it is. */
    private final String obstacle;

    private volatile @Nullable BpfLink refusing;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment prohibitedKey = arena.allocate(16, 8);
    private final MemorySegment one = arena.allocateFrom(ValueLayout.JAVA_INT, 1);
    private final MemorySegment standingKey = arena.allocate(24, 8);
    private final MemorySegment nameKey = arena.allocate(NAME_BYTES, 8);
    private final MemorySegment value = arena.allocate(4, 4);

    /**
     * @param obstacle why the security module was not loaded; empty when it was
     */
    EnforcementSide(BpfObject object, String obstacle) {
        this.obstacle = obstacle;
        prohibited = object.map("prohibited");
        refuse = object.program(SensorProgram.REFUSAL);
        mapping = object.map("enforcements").mapValue();
        memory = new EnforcementMemory(mapping.memory());
        inspect = object.program("inspect_file");
        armed = object.map("armed");
        answers = object.map("answers").mapArray(ANSWERS);
        held = object.map("held");
        standing = object.map("standing");
        names = object.map("names");
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
    public void answer(int look, int verdict) {
        long word = Integer.toUnsignedLong(look) << ANSWER_SHIFT | verdict;
        answers.memory()
                .setAtIndex(ValueLayout.JAVA_LONG, Integer.remainderUnsigned(look, ANSWERS), word);
    }

    @Override
    public void stand(long cgroup, int device, long inode, int generation, boolean anyName) {
        standingKey.set(ValueLayout.JAVA_LONG, 0, cgroup);
        standingKey.set(ValueLayout.JAVA_LONG, 8, inode);
        standingKey.set(ValueLayout.JAVA_INT, 16, device);
        standingKey.set(ValueLayout.JAVA_INT, 20, generation);
        value.set(ValueLayout.JAVA_INT, 0, anyName ? ANY_NAME : UNLESS_NAMED);
        standing.put(standingKey, value);
    }

    @Override
    public boolean nameMatters(byte[] name, int generation) {
        nameKey.fill((byte) 0);
        MemorySegment.copy(
                name, 0, nameKey, ValueLayout.JAVA_BYTE, 0, Math.min(name.length, NAME_BYTES - 1));
        value.set(ValueLayout.JAVA_INT, 0, generation);
        try {
            names.put(nameKey, value);
            return true;
        } catch (BpfException e) {
            return false;
        }
    }

    @Override
    public String attachRefusal() {
        if (refusing != null || !obstacle.isEmpty()) {
            return obstacle;
        }
        try {
            refusing = refuse.attach();
            return "";
        } catch (BpfException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** Its line of the attach plan. */
    Hook hook() {
        String why =
                obstacle.isEmpty()
                        ? "refuses execs in containers whose policies leave nothing to ask"
                        : "not here: " + obstacle;
        return new Hook("bprm_check_security", "lsm", why, refusing != null);
    }

    @Override
    public boolean prohibit(long cgroup, String path) {
        try {
            prohibited.put(prohibitedKey(cgroup, path), one);
            return true;
        } catch (BpfException e) {
            return false;
        }
    }

    @Override
    public void permit(long cgroup, String path) {
        prohibited.removeIfThere(prohibitedKey(cgroup, path));
    }

    private MemorySegment prohibitedKey(long cgroup, String path) {
        prohibitedKey.set(ValueLayout.JAVA_LONG, 0, cgroup);
        prohibitedKey.set(ValueLayout.JAVA_LONG, 8, PathKey.exact(path));
        return prohibitedKey;
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
        BpfLink attached = refusing;
        if (attached != null) {
            attached.close();
        }
        answers.close();
        mapping.close();
    }
}
