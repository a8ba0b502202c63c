// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.gate;

import java.util.function.BiConsumer;

/** What the gate needs of the sensor's programs and maps in the kernel. */
public interface KernelSide {
    /** The struct that both sides map. */
    EnforcementMemory memory();

    /** Runs the program that looks at an fd of this process. */
    void inspect();

    /** Sets what is to be done in a cgroup: the flags of {@code abi/enforce.h}. */
    void arm(long cgroup, long flags);

    void disarm(long cgroup);

    /** Notes what the gate says of a look at what is held: {@code enum judged}. */
    void answer(int look, int verdict);

    /**
     * Notes that a program passes in a cgroup in any case, as long as the generation lasts.
     *
     * @param anyName whether it does whatever it is called
     */
    void stand(long cgroup, int device, long inode, int generation, boolean anyName);

    /** Has programs judged that are called so, in a generation; false when there is no room. */
    boolean nameMatters(byte[] name, int generation);

    /**
     * Attaches the security module, unless it is; it then refuses what cgroups are armed with.
     *
     * @return why it cannot; empty when it is attached
     */
    String attachRefusal();

    /** Adds a path that no program may have in a cgroup; false when there is no room. */
    boolean prohibit(long cgroup, String path);

    /** Takes it back. */
    void permit(long cgroup, String path);

    /** Every stopped process and since when, by the monotonic clock. */
    void eachHeld(BiConsumer<Long, Long> each);

    /** A stopped process was dealt with. */
    void forgetHeld(long pid);
}
