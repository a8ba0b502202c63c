// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/**
 * {@code struct config} of {@code abi/config.h}, memory shared with the kernel: what is written is
 * in force at once, without a system call.
 */
final class SharedConfig {
    static final int EVENT_TYPES = 512;
    static final int SYSCALLS = 512;

    /** ia32 has accept only inside socketcall; the kernel side files it under this number. */
    static final int IA32_ACCEPT = 511;

    /** Of cgroups that are known to be the host's; others of the same place push them out. */
    static final int HOST_CGROUP_SLOTS = 256;

    static final long NATIVE = 0;
    static final long IA32 = NATIVE + 2 * SYSCALLS;
    static final long PARAMS = IA32 + 2 * SYSCALLS;
    static final long WHOLE = PARAMS + EVENT_TYPES;
    static final long WORTH = WHOLE + EVENT_TYPES;
    static final long EPOCH_OFFSET = WORTH + EVENT_TYPES;
    static final long AGENT_TGID = EPOCH_OFFSET + 8;
    static final long LEGACY_CGROUP = AGENT_TGID + 4;
    static final long ENVIRONMENT = LEGACY_CGROUP + 4;
    static final long READER_WAITS = ENVIRONMENT + 4;
    static final long LIFECYCLE_BYTES = READER_WAITS + 4;
    static final long ACTIVITY_BYTES = LIFECYCLE_BYTES + 4;
    static final long BUDGET = ACTIVITY_BYTES + 4;
    static final long CANARY = BUDGET + 4;
    static final long HOST_CGROUPS = CANARY + 4;
    static final long HOST_MOUNT_NS = HOST_CGROUPS + 8L * HOST_CGROUP_SLOTS;
    static final long PLANS = HOST_MOUNT_NS + 8;
    static final long DEMAND = PLANS + (long) CallPlan.BYTES * EVENT_TYPES;
    static final long GENERATION = DEMAND;
    static final long CONCERNED = GENERATION + 8;
    static final long BY_OUTCOME = CONCERNED + 8L * EVENT_TYPES;
    static final long BY_MODE = BY_OUTCOME + 8L * InterestTable.OUTCOMES;
    static final long BY_KIND = BY_MODE + 8L * InterestTable.MODES;
    static final long ON_HOST = BY_KIND + 8L * InterestTable.KINDS;
    static final long PATHLESS = ON_HOST + 8;
    static final long PREFIX_LENGTHS = PATHLESS + 8;
    static final long BLOOM = PREFIX_LENGTHS + 8;
    static final long LOST = BLOOM + PathKey.BLOOM_BITS / 8;
    static final long CUT = LOST + 8L * EVENT_TYPES;
    static final long FOREIGN_ABI = CUT + 8;
    static final long BYTES = FOREIGN_ABI + 8;

    private static final VarHandle INT = ValueLayout.JAVA_INT.varHandle();

    private final MemorySegment memory;

    SharedConfig(MemorySegment memory) {
        this.memory = memory.asSlice(0, BYTES);
    }

    /** Which event type a native system call becomes; 0 none. */
    void nativeCall(int number, int eventType) {
        memory.set(ValueLayout.JAVA_SHORT, NATIVE + 2L * number, (short) eventType);
    }

    /** Which event type a 32-bit system call becomes; 0 none. */
    void ia32Call(int number, int eventType) {
        memory.set(ValueLayout.JAVA_SHORT, IA32 + 2L * number, (short) eventType);
    }

    /** How many parameters the schema of a type has. */
    void params(int eventType, int count) {
        memory.set(ValueLayout.JAVA_BYTE, PARAMS + eventType, (byte) count);
    }

    /** How a call of a type becomes a record. */
    void plan(int eventType, byte[] plan) {
        MemorySegment.copy(
                plan,
                0,
                memory,
                ValueLayout.JAVA_BYTE,
                PLANS + (long) CallPlan.BYTES * eventType,
                plan.length);
    }

    /** Whether rules want a type, not only the process table its part of it. */
    void whole(int eventType, boolean value) {
        memory.set(ValueLayout.JAVA_BYTE, WHOLE + eventType, (byte) (value ? 1 : 0));
    }

    /** What a type is worth when not all can be told. */
    void worth(int eventType, Worth worth) {
        memory.set(ValueLayout.JAVA_BYTE, WORTH + eventType, (byte) worth.ordinal());
    }

    /** What decides who gives way when the reader does not keep up. */
    void pressure(SensorConfig config) {
        memory.set(ValueLayout.JAVA_INT, LIFECYCLE_BYTES, config.lifecycleBytes());
        memory.set(ValueLayout.JAVA_INT, ACTIVITY_BYTES, config.activityBytes());
        memory.set(ValueLayout.JAVA_INT, BUDGET, config.budget());
    }

    void epochOffsetNs(long value) {
        memory.set(ValueLayout.JAVA_LONG, EPOCH_OFFSET, value);
    }

    int agentTgid() {
        return memory.get(ValueLayout.JAVA_INT, AGENT_TGID);
    }

    void legacyCgroup(boolean value) {
        memory.set(ValueLayout.JAVA_INT, LEGACY_CGROUP, value ? 1 : 0);
    }

    void environment(boolean value) {
        memory.set(ValueLayout.JAVA_INT, ENVIRONMENT, value ? 1 : 0);
    }

    /** Volatile: what the reader looks at next must not be read before this is seen. */
    void readerWaits(boolean value) {
        INT.setVolatile(memory, READER_WAITS, value ? 1 : 0);
    }

    /** Whether a cgroup is the host's for sure. */
    void hostCgroup(long cgroup, boolean host) {
        long at = HOST_CGROUPS + 8 * ((cgroup ^ cgroup >>> 32) & HOST_CGROUP_SLOTS - 1);
        if (host) {
            memory.set(ValueLayout.JAVA_LONG, at, cgroup);
        } else if (memory.get(ValueLayout.JAVA_LONG, at) == cgroup) {
            memory.set(ValueLayout.JAVA_LONG, at, 0);
        }
    }

    /** The agent's own threads are told while it acts. */
    void canary(boolean acts) {
        INT.setVolatile(memory, CANARY, acts ? 1 : 0);
    }

    /** Odd while the masks change; a verdict that spans a change counts for nothing. */
    void generation(int value) {
        INT.setVolatile(memory, GENERATION, value);
    }

    /** The interests that concern a type; none means that it is wanted whole. */
    void concerned(int eventType, long interests) {
        memory.set(ValueLayout.JAVA_LONG, CONCERNED + 8L * eventType, interests);
    }

    /** Masks of interests from a place on. */
    void masks(long at, long... values) {
        for (int i = 0; i < values.length; i++) {
            memory.set(ValueLayout.JAVA_LONG, at + 8L * i, values[i]);
        }
    }

    long lost(int eventType) {
        return memory.get(ValueLayout.JAVA_LONG, LOST + 8L * eventType);
    }

    long lostTotal() {
        long total = 0;
        for (int type = 0; type < EVENT_TYPES; type++) {
            total += lost(type);
        }
        return total;
    }

    long cut() {
        return memory.get(ValueLayout.JAVA_LONG, CUT);
    }

    long foreignAbi() {
        return memory.get(ValueLayout.JAVA_LONG, FOREIGN_ABI);
    }
}
