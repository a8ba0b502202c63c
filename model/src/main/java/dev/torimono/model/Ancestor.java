// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.model;

/**
 * One process of an alert's lineage.
 *
 * @param pid process id on the host
 * @param startTimeNs start, ns since the epoch; 0 unknown
 * @param name comm
 * @param exe resolved path of the executable
 * @param cmdline name and arguments, as Falco's proc.cmdline
 * @param uid user id
 * @param user user name as its container knows it; empty when unknown
 * @param tty controlling terminal such as {@code pts/0}; empty when none
 * @param containerId short container id; {@code host} outside containers
 * @param startNs start, ns since boot: with the pid an identity that is never reused; 0 unknown
 * @param vpid process id in its own pid namespace; 1 for a container's first process, -1 unknown
 */
public record Ancestor(
        long pid,
        long startTimeNs,
        String name,
        String exe,
        String cmdline,
        long uid,
        String user,
        String tty,
        String containerId,
        long startNs,
        long vpid) {}
