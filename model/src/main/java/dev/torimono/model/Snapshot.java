// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.model;

import java.util.List;
import java.util.Map;

/**
 * What a capture says of the machine at its beginning: what ran, was open and existed before the
 * first event. Tasks carry their own facts only: parents and leaders are not linked yet.
 *
 * @param machine the machine
 * @param tasks every task
 * @param fds the open fds of a task, by tid
 * @param users accounts of the host
 * @param groups groups of the host
 * @param networkInterfaces addresses of the machine
 */
public record Snapshot(
        Machine machine,
        List<Task> tasks,
        Map<Long, List<Fd>> fds,
        List<User> users,
        List<Group> groups,
        List<NetworkInterface> networkInterfaces) {

    /**
     * The machine.
     *
     * @param cpus number of CPUs
     * @param memoryBytes memory
     * @param hostname its name
     * @param bootTimeNs when it booted, ns since the epoch; 0 unknown
     */
    public record Machine(int cpus, long memoryBytes, Text hostname, long bootTimeNs) {
        public static final Machine UNKNOWN = new Machine(0, 0, Text.EMPTY, 0);
    }

    /**
     * One address of a network interface.
     *
     * @param name name of the interface
     * @param address 4 or 16 bytes
     * @param netmask as many bytes
     */
    public record NetworkInterface(Text name, Text address, Text netmask) {}

    /** Of a source that begins with nothing known. */
    public static final Snapshot EMPTY =
            new Snapshot(Machine.UNKNOWN, List.of(), Map.of(), List.of(), List.of(), List.of());

    public Snapshot {
        tasks = List.copyOf(tasks);
        fds = Map.copyOf(fds);
        users = List.copyOf(users);
        groups = List.copyOf(groups);
        networkInterfaces = List.copyOf(networkInterfaces);
    }
}
