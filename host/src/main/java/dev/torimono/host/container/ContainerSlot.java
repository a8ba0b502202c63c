// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.container;

import dev.torimono.model.Container;

/** The place of one container in the table: what is known of it now. One owner thread. */
final class ContainerSlot {
    private final String podUid;
    private Container container;
    private long lastPid;
    private boolean inUse = true;

    ContainerSlot(Container container, String podUid) {
        this.container = container;
        this.podUid = podUid;
    }

    Container container() {
        return container;
    }

    void container(Container value) {
        container = value;
    }

    /** Uid of its pod as its cgroup path tells it; empty outside Kubernetes. */
    String podUid() {
        return podUid;
    }

    /** A process seen running in it, 0 none. */
    long lastPid() {
        return lastPid;
    }

    void seen(long pid) {
        lastPid = pid;
        inUse = true;
    }

    boolean inUse() {
        return inUse;
    }

    void inUse(boolean value) {
        inUse = value;
    }
}
