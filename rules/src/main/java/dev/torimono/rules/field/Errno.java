// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.field;

import dev.torimono.model.Text;

/** Names of Linux error numbers. */
final class Errno {
    /** In numeric order; {@code -} where Linux has none. */
    private static final Text[] NAMES =
            texts(
                    "- EPERM ENOENT ESRCH EINTR EIO ENXIO E2BIG ENOEXEC EBADF ECHILD EAGAIN"
                            + " ENOMEM EACCES EFAULT ENOTBLK EBUSY EEXIST EXDEV ENODEV ENOTDIR EISDIR"
                            + " EINVAL ENFILE EMFILE ENOTTY ETXTBSY EFBIG ENOSPC ESPIPE EROFS EMLINK"
                            + " EPIPE EDOM ERANGE EDEADLK ENAMETOOLONG ENOLCK ENOSYS ENOTEMPTY ELOOP -"
                            + " ENOMSG EIDRM ECHRNG EL2NSYNC EL3HLT EL3RST ELNRNG EUNATCH ENOCSI"
                            + " EL2HLT EBADE EBADR EXFULL ENOANO EBADRQC EBADSLT - EBFONT ENOSTR"
                            + " ENODATA ETIME ENOSR ENONET ENOPKG EREMOTE ENOLINK EADV ESRMNT ECOMM"
                            + " EPROTO EMULTIHOP EDOTDOT EBADMSG EOVERFLOW ENOTUNIQ EBADFD EREMCHG"
                            + " ELIBACC ELIBBAD ELIBSCN ELIBMAX ELIBEXEC EILSEQ ERESTART ESTRPIPE"
                            + " EUSERS ENOTSOCK EDESTADDRREQ EMSGSIZE EPROTOTYPE ENOPROTOOPT"
                            + " EPROTONOSUPPORT ESOCKTNOSUPPORT EOPNOTSUPP EPFNOSUPPORT EAFNOSUPPORT"
                            + " EADDRINUSE EADDRNOTAVAIL ENETDOWN ENETUNREACH ENETRESET ECONNABORTED"
                            + " ECONNRESET ENOBUFS EISCONN ENOTCONN ESHUTDOWN ETOOMANYREFS ETIMEDOUT"
                            + " ECONNREFUSED EHOSTDOWN EHOSTUNREACH EALREADY EINPROGRESS ESTALE"
                            + " EUCLEAN ENOTNAM ENAVAIL EISNAM EREMOTEIO EDQUOT ENOMEDIUM EMEDIUMTYPE"
                            + " ECANCELED ENOKEY EKEYEXPIRED EKEYREVOKED EKEYREJECTED EOWNERDEAD"
                            + " ENOTRECOVERABLE ERFKILL EHWPOISON");

    private static final Text UNKNOWN = Text.of("<UNKNOWN>");

    private Errno() {}

    /** The name of a positive error number. */
    static Text name(long number) {
        boolean known = number > 0 && number < NAMES.length && NAMES[(int) number].length() > 1;
        return known ? NAMES[(int) number] : UNKNOWN;
    }

    private static Text[] texts(String names) {
        String[] words = names.split(" ");
        Text[] texts = new Text[words.length];
        for (int i = 0; i < words.length; i++) {
            texts[i] = Text.of(words[i]);
        }
        return texts;
    }
}
