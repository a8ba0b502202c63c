// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.activity;

import dev.torimono.model.Image;
import dev.torimono.model.Task;
import dev.torimono.model.Text;

/**
 * Something a process did, told with what it was at that time.
 *
 * @param kind what
 * @param timeNs when, ns since the epoch
 * @param task the process; its leader
 * @param comm its name then
 * @param image what it executed then
 * @param status wait status of an exit
 * @param detail the file written, or the connection; empty otherwise
 * @param incoming whether the other side began the connection
 * @param protocol of a connection
 */
record Deed(
        Kind kind,
        long timeNs,
        Task task,
        Text comm,
        Image image,
        int status,
        String detail,
        boolean incoming,
        String protocol) {

    /** What processes do that is told. */
    enum Kind {
        /** It is there. */
        PROCESS("process"),
        EXEC("exec"),
        EXIT("exit"),
        WRITE("write"),
        CONNECT("connect");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }

        /** Which counter says how many were left out. */
        String counted() {
            return switch (this) {
                case PROCESS, EXEC, EXIT -> "processes";
                case WRITE -> "files";
                case CONNECT -> "connections";
            };
        }
    }

    static Deed of(Kind kind, long timeNs, Task task) {
        Task leader = task.leader();
        return new Deed(kind, timeNs, leader, leader.comm(), leader.image(), 0, "", false, "");
    }

    Deed status(int value) {
        return new Deed(kind, timeNs, task, comm, image, value, detail, incoming, protocol);
    }

    Deed about(String what) {
        return new Deed(kind, timeNs, task, comm, image, status, what, incoming, protocol);
    }

    Deed over(String l4, boolean accepted) {
        return new Deed(kind, timeNs, task, comm, image, status, detail, accepted, l4);
    }
}
