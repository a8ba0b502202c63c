// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.model;

import org.jspecify.annotations.Nullable;

/** What a file descriptor refers to; codes and type characters of the .scap format. */
public enum FdKind {
    UNKNOWN(0, 'o', null),
    FILE(1, 'f', "file"),
    DIRECTORY(2, 'd', "directory"),
    IPV4_SOCK(3, '4', "ipv4"),
    IPV6_SOCK(4, '6', "ipv6"),
    IPV4_SERVSOCK(5, '4', "ipv4"),
    IPV6_SERVSOCK(6, '6', "ipv6"),
    FIFO(7, 'p', "pipe"),
    UNIX_SOCK(8, 'u', "unix"),
    EVENT(9, 'e', "event"),
    UNSUPPORTED(10, 'X', null),
    SIGNALFD(11, 's', "signalfd"),
    EVENTPOLL(12, 'l', "eventpoll"),
    INOTIFY(13, 'i', "inotify"),
    TIMERFD(14, 't', "timerfd"),
    NETLINK(15, 'n', "netlink"),
    FILE_V2(16, 'f', "file"),
    BPF(17, 'b', "bpf"),
    USERFAULTFD(18, 'u', "userfaultfd"),
    IOURING(19, 'r', "io_uring"),
    MEMFD(20, 'm', "memfd"),
    PIDFD(21, 'P', "pidfd");

    private static final FdKind[] BY_CODE = values();

    private final int code;
    private final char typeChar;
    private final @Nullable String typeName;

    FdKind(int code, char typeChar, @Nullable String typeName) {
        this.code = code;
        this.typeChar = typeChar;
        this.typeName = typeName;
    }

    /** The kind of a code; an unknown one is UNSUPPORTED. */
    public static FdKind of(int code) {
        return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : UNSUPPORTED;
    }

    public int code() {
        return code;
    }

    /** Falco's {@code fd.typechar}. */
    public char typeChar() {
        return typeChar;
    }

    /** Falco's {@code fd.type}; null prints as {@code <NA>}. */
    public @Nullable String typeName() {
        return typeName;
    }

    public boolean isFile() {
        return this == FILE || this == FILE_V2;
    }

    public boolean isIpv4() {
        return this == IPV4_SOCK || this == IPV4_SERVSOCK;
    }

    public boolean isIpv6() {
        return this == IPV6_SOCK || this == IPV6_SERVSOCK;
    }

    public boolean isInet() {
        return isIpv4() || isIpv6();
    }

    public boolean isSocket() {
        return isInet() || this == UNIX_SOCK || this == NETLINK;
    }
}
