// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.gate;

import dev.torimono.model.Text;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** {@code struct enforcement} of {@code abi/enforce.h}, memory shared with the kernel. */
public final class EnforcementMemory {
    public static final long HEARTBEAT = 0;
    public static final long PATIENCE = 8;
    public static final long ARMED = 16;
    public static final long GENERATION = 20;
    public static final long FILE = 24;
    public static final long FACTS = 28;
    public static final long INODE = 32;
    public static final long FILESYSTEM = 40;
    public static final long CTIME = 48;
    public static final long MTIME = 56;
    public static final long DEVICE = 64;
    public static final long MODE = 68;
    public static final long LINKS = 72;
    public static final long UID = 76;
    public static final long GID = 80;
    public static final long HOST_MOUNT_NS = 84;
    public static final long HELD = 88;
    public static final long KILLED = 96;
    public static final long PASSED_DEAD = 104;
    public static final long STOOD = 112;
    public static final long HOLDS_YOUNG = 120;
    public static final long CALLER = 124;
    public static final long CALLER_CGROUP = 128;
    public static final long AGENT = 136;
    public static final long REFUSED = 144;
    public static final long REFUSES = 152;
    public static final long LOOK = 156;
    public static final long PATH_LENGTH = 160;
    public static final long RESERVED = 164;
    public static final long PATH = 168;
    public static final long BYTES = PATH + 4096;

    private static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong U64 = ValueLayout.JAVA_LONG;

    private final MemorySegment memory;

    public EnforcementMemory(MemorySegment memory) {
        this.memory = memory.asSlice(0, BYTES);
    }

    /** Java lives; by the monotonic clock, which System.nanoTime reads on Linux. */
    public void beat(long nanoTime) {
        memory.set(U64, HEARTBEAT, nanoTime);
    }

    void patienceNs(long value) {
        memory.set(U64, PATIENCE, value);
    }

    void hostMountNamespace(int number) {
        memory.set(U32, HOST_MOUNT_NS, number);
    }

    void armed(int cgroups) {
        memory.set(U32, ARMED, cgroups);
    }

    void holdsYoung(boolean whether) {
        memory.set(U32, HOLDS_YOUNG, whether ? 1 : 0);
    }

    /** Whether the security module may refuse anything. */
    void refuses(boolean whether) {
        memory.set(U32, REFUSES, whether ? 1 : 0);
    }

    /** Of what stands: what was noted in another is void. */
    void generation(int number) {
        memory.set(U32, GENERATION, number);
    }

    /**
     * What the next inspection looks at.
     *
     * @param caller the thread that is held for it; 0 for none
     * @param look the number by which it is answered; 0 when it is not
     */
    void ask(int file, int caller, int look) {
        memory.set(U32, FILE, file);
        memory.set(U32, CALLER, caller);
        memory.set(U32, LOOK, look);
    }

    /** The path of the file that was asked about; empty where it could not be followed. */
    Text path() {
        int length = memory.get(U32, PATH_LENGTH);
        if (length <= 0 || length > BYTES - PATH) {
            return Text.EMPTY;
        }
        byte[] copy = new byte[length];
        MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, PATH, copy, 0, length);
        return Text.wrap(copy);
    }

    /** The armed cgroup of the caller; 0 for none. */
    long callerCgroup() {
        return memory.get(U64, CALLER_CGROUP);
    }

    long inode() {
        return memory.get(U64, INODE);
    }

    long filesystem() {
        return memory.get(U64, FILESYSTEM);
    }

    int facts() {
        return memory.get(U32, FACTS);
    }

    int device() {
        return memory.get(U32, DEVICE);
    }

    int mode() {
        return memory.get(U32, MODE);
    }

    long ctimeNs() {
        return memory.get(U64, CTIME);
    }

    long mtimeNs() {
        return memory.get(U64, MTIME);
    }

    long uid() {
        return Integer.toUnsignedLong(memory.get(U32, UID));
    }

    long held() {
        return memory.get(U64, HELD);
    }

    long killed() {
        return memory.get(U64, KILLED);
    }

    long stood() {
        return memory.get(U64, STOOD);
    }

    /** Execs that the security module refused. */
    long refused() {
        return memory.get(U64, REFUSED);
    }

    long passedDead() {
        return memory.get(U64, PASSED_DEAD);
    }
}
