// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.bpf;

/**
 * A native call failed. The message names the function, the error and what to do about it; a
 * verifier's complaint is reduced to the line that matters, with the whole log in {@link #log()}.
 */
public final class BpfException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String function;
    private final Errno errno;
    private final String log;

    BpfException(String function, Errno errno, String detail) {
        this(function, errno, detail, "");
    }

    BpfException(String function, Errno errno, String detail, String log) {
        super(function + ": " + errno + ": " + detail);
        this.function = function;
        this.errno = errno;
        this.log = log;
    }

    /** A failed call about something that has a name. */
    public static BpfException of(String function, int error, String subject) {
        Errno errno = Errno.of(error);
        String name = errno == Errno.UNKNOWN ? subject + " (errno " + error + ")" : subject;
        return new BpfException(function, errno, name + hint(errno));
    }

    /** The same failure, with what libbpf had to say about it. */
    BpfException explainedBy(String subject, String text) {
        if (text.isEmpty()) {
            return this;
        }
        String reason = subject + ": " + VerifierLog.of(text).reason() + hint(errno);
        return new BpfException(function, errno, reason, text);
    }

    private static String hint(Errno errno) {
        return switch (errno) {
            case EPERM, EACCES ->
                    "; CAP_BPF or CAP_PERFMON lacks, or this kernel forbids it to everyone";
            case ENOMEM -> "; memory or RLIMIT_MEMLOCK is exhausted";
            case ENOENT,
                    ESRCH,
                    EINTR,
                    E2BIG,
                    EBADF,
                    EAGAIN,
                    EFAULT,
                    EBUSY,
                    EEXIST,
                    ENODEV,
                    EINVAL,
                    EMFILE,
                    ENOSPC,
                    ENOSYS,
                    EOPNOTSUPP,
                    ETIMEDOUT,
                    ENOTSUPP,
                    UNKNOWN ->
                    "";
        };
    }

    public String function() {
        return function;
    }

    public Errno errno() {
        return errno;
    }

    /** Everything libbpf and the verifier said; empty when they said nothing. */
    public String log() {
        return log;
    }
}
