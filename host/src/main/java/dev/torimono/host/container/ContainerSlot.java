// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.container;

import dev.torimono.model.Container;

/** The place of one container in the table: what is known of it now. One owner thread. */
final class ContainerSlot {
    private Container container;
    private String podUid = "";
    private long lastPid;
    private int openQuestions;
    private boolean inUse = true;
    private boolean ended;

    ContainerSlot(Container container) {
        this.container = container;
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

    void podUid(String value) {
        podUid = value;
        container = ContainerRewrite.withPodUid(container, value);
    }

    /** A process seen running in it, 0 none. */
    long lastPid() {
        return lastPid;
    }

    /** A process was seen in it; whether it is the first. */
    boolean seen(long pid) {
        boolean first = lastPid == 0;
        lastPid = pid;
        inUse = true;
        return first;
    }

    /** How many runtimes were asked and have not answered. */
    void openQuestions(int value) {
        openQuestions = value;
    }

    /** One of them answered; the number left. */
    int answered() {
        openQuestions = Math.max(0, openQuestions - 1);
        return openQuestions;
    }

    /** Whether a living task was in it at the last look. */
    boolean inUse() {
        return inUse;
    }

    void inUse(boolean value) {
        inUse = value;
    }

    /** Whether its runtime removed it. */
    boolean ended() {
        return ended;
    }

    void ended(boolean value) {
        ended = value;
    }
}
