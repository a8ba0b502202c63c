// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.model;

/** The wire types of event parameters, named as in the .scap format; all little-endian. */
public enum ParamType {
    INT8(1, true),
    INT16(2, true),
    INT32(4, true),
    INT64(8, true),
    UINT8(1, false),
    UINT16(2, false),
    UINT32(4, false),
    UINT64(8, false),
    FLAGS8(1, false),
    FLAGS16(2, false),
    FLAGS32(4, false),
    ENUMFLAGS8(1, false),
    ENUMFLAGS16(2, false),
    ENUMFLAGS32(4, false),
    MODE(4, false),
    UID(4, false),
    GID(4, false),
    PORT(2, false),
    SIGTYPE(1, false),
    SIGSET(4, false),
    SYSCALLID(2, false),
    ERRNO(8, true),
    FD(8, true),
    PID(8, true),
    FD32(4, true),
    PID32(4, true),
    RELTIME(8, false),
    ABSTIME(8, false),
    /** NUL-terminated text; the recorded length includes the NUL. */
    CHARBUF(0, false),
    FSPATH(0, false),
    FSRELPATH(0, false),
    /** Raw bytes; {@code args}, {@code env} and {@code cgroups} are NUL-separated texts. */
    BYTEBUF(0, false),
    CHARBUFARRAY(0, false),
    CHARBUF_PAIR_ARRAY(0, false),
    SOCKADDR(0, false),
    SOCKTUPLE(0, false),
    FDLIST(0, false),
    IPV4ADDR(4, false),
    IPV6ADDR(16, false),
    /** Kind depends on a discriminator in the first byte (socket options and the like). */
    DYN(0, false);

    private final int width;
    private final boolean signed;

    ParamType(int width, boolean signed) {
        this.width = width;
        this.signed = signed;
    }

    /** Bytes on the wire, or 0 when the length varies. */
    public int width() {
        return width;
    }

    /** Whether a fixed-width value sign-extends. */
    public boolean signed() {
        return signed;
    }

    /** Whether the value is a whole number of at most eight bytes. */
    public boolean numeric() {
        return width > 0 && width <= 8 && this != IPV4ADDR;
    }

    /** Whether the value is NUL-terminated text. */
    public boolean text() {
        return this == CHARBUF || this == FSPATH || this == FSRELPATH;
    }
}
