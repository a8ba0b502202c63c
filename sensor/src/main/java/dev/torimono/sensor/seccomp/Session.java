// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.seccomp;

import dev.torimono.model.Text;

/**
 * One covered program and all that descends from it: the connection to its keeper, and the listener
 * once it was handed over. The polling thread; other threads may read what is final.
 */
final class Session {
    /** Numbers that no kernel gives to a cgroup. */
    private static final long CGROUPS_FROM = 1L << 62;

    private static final long MISS_NS = 2_000_000_000L;

    private final Covered covered;
    private final boolean security;
    private final long cgroup;
    private final long bornNs;
    private final Text cgroupPath;
    private final Peer peer;
    private int socket;
    private int listener = -1;
    private int events;
    private boolean heard;
    private boolean missed;
    private long goneNs;
    private boolean tellsIds;
    private long standInUntilNs;
    private boolean standIn;

    /**
     * @param number unique
     * @param socket the connection
     * @param bornNs when it began, ns since the epoch
     * @param cgroupPath where its tasks are told to be
     * @param peer who connected, before it had a filter of ours
     * @param tellsIds whether it is given a filter that tells of changed ids
     */
    Session(
            long number,
            int socket,
            Talk hello,
            Covered covered,
            long bornNs,
            Text cgroupPath,
            Peer peer,
            boolean tellsIds) {
        this.tellsIds = tellsIds;
        this.cgroup = CGROUPS_FROM | number;
        this.socket = socket;
        this.security = hello.b() == Talk.PRIORITY_SECURITY;
        this.covered = covered;
        this.bornNs = bornNs;
        this.cgroupPath = cgroupPath;
        this.peer = peer;
    }

    Covered covered() {
        return covered;
    }

    /** -1 once its keeper is gone. */
    int socket() {
        return socket;
    }

    void keeperGone(long nowNs) {
        socket = -1;
        goneNs = nowNs;
    }

    /**
     * Whether its keeper is missed for the first time. A container that ends takes both with it,
     * one after the other.
     */
    boolean missKeeper(long nowNs) {
        boolean first = !missed && nowNs - goneNs >= MISS_NS;
        missed |= first;
        return first;
    }

    /** Its keeper answers for us, and is to say when it no longer does. */
    void standIn(long untilNs) {
        standIn = socket >= 0;
        standInUntilNs = untilNs;
    }

    boolean standsIn() {
        return standIn;
    }

    /** Its keeper answers for us no more. */
    void ours() {
        standIn = false;
    }

    /** Whether calls are ours to take: of two who take one, the other waits for the next. */
    boolean isOurs(long nowNs) {
        if (standIn && nowNs - standInUntilNs >= 0) {
            standIn = false;
        }
        return !standIn;
    }

    /** Whether no change of ids can have been missed. */
    boolean tellsIds() {
        return tellsIds;
    }

    /** Calls of its passed that nobody saw. */
    void passedUnseen() {
        tellsIds = false;
    }

    /** By which its tasks are told to belong together. */
    long cgroup() {
        return cgroup;
    }

    Text cgroupPath() {
        return cgroupPath;
    }

    long bornNs() {
        return bornNs;
    }

    Text mountNamespace() {
        return peer.mountNamespace();
    }

    /** How many seccomp filters whoever is begun beside it has; -1 unknown. */
    int filters() {
        return peer.filters();
    }

    /** What tells the file of its launcher from others. */
    String launcher() {
        return peer.launcher();
    }

    /** -1 before it was handed over. */
    int listener() {
        return listener;
    }

    void listener(int fd) {
        listener = fd;
    }

    /** What poll said of the listener. */
    int events() {
        return events;
    }

    void events(int value) {
        events = value;
    }

    /** Whether its keeper has something to say. */
    boolean heard() {
        return heard;
    }

    void heard(boolean value) {
        heard = value;
    }

    /** Whether its calls wait rather than pass unjudged. */
    boolean security() {
        return security;
    }
}
