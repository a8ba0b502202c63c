// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.decision;

/**
 * What this node can do, as the agent found out.
 *
 * @param prevention how an exec can be refused
 * @param killing how a process can be ended
 * @param containers whether a runtime or the cgroup file system lets containers be acted on
 * @param capture whether events can be recorded
 * @param containersIgnored whether its operator wants no container to be acted on
 */
public record Capabilities(
        Prevention prevention,
        Killing killing,
        boolean containers,
        boolean capture,
        boolean containersIgnored) {
    /** Detects only. */
    public static final Capabilities NONE =
            new Capabilities(Prevention.NONE, Killing.NONE, false, false);

    /** Of a node whose operator has nothing against it. */
    public Capabilities(
            Prevention prevention, Killing killing, boolean containers, boolean capture) {
        this(prevention, killing, containers, capture, false);
    }

    /** How an exec can be refused. */
    public enum Prevention {
        /** What leaves nothing to ask in the kernel, the rest by fanotify. */
        LSM("BPF LSM"),
        FANOTIFY("fanotify"),
        /** Every call of a covered program that is notified at all, not only an exec. */
        SECCOMP("seccomp notification"),
        NONE("nothing");

        private final String text;

        Prevention(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    /** How a process can be ended. */
    public enum Killing {
        /** Before its first instruction. */
        KERNEL("in the kernel"),
        /** After the event: it may have run for a moment. */
        PIDFD("after the event"),
        NONE("not at all");

        private final String text;

        Killing(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }
}
