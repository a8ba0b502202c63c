// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.bpf;

/** Error numbers of Linux by the names that people search for. */
public enum Errno {
    EPERM(1),
    ENOENT(2),
    ESRCH(3),
    EINTR(4),
    E2BIG(7),
    EBADF(9),
    EAGAIN(11),
    ENOMEM(12),
    EACCES(13),
    EFAULT(14),
    EBUSY(16),
    EEXIST(17),
    ENODEV(19),
    EINVAL(22),
    EMFILE(24),
    ENOSPC(28),
    ENOSYS(38),
    EOPNOTSUPP(95),
    ETIMEDOUT(110),
    /** The kernel's own "not supported", which C libraries cannot name. */
    ENOTSUPP(524),
    UNKNOWN(0);

    private static final Errno[] ALL = values();

    private final int code;

    Errno(int code) {
        this.code = code;
    }

    /** The name of a number, of either sign. */
    public static Errno of(int number) {
        int code = Math.abs(number);
        for (Errno errno : ALL) {
            if (errno.code == code) {
                return errno;
            }
        }
        return UNKNOWN;
    }

    public int code() {
        return code;
    }
}
