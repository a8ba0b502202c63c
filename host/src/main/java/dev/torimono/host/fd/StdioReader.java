// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.fd;

import dev.torimono.model.Event;
import dev.torimono.model.Extension;
import dev.torimono.model.Fd;
import dev.torimono.model.FdKind;
import java.nio.charset.StandardCharsets;

/**
 * Reads what an exec record tells of the new program's fds 0, 1 and 2: a shell whose input is a
 * socket is known as such even when it is gone a moment later.
 */
public final class StdioReader {
    private static final int LENGTH_BYTES = 2;

    private final ObjectLayout layout = new ObjectLayout();

    /** Whether the event tells of them at all. */
    public boolean has(Event event) {
        return event.has(event.extension(Extension.STDIO));
    }

    /** Fills the fd of that number; false when it is closed or the record is cut. */
    public boolean read(Fd fd, Event event, int number) {
        int param = event.extension(Extension.STDIO);
        int end = event.length(param);
        int at = 0;
        for (int i = 0; at + LENGTH_BYTES <= end; i++) {
            int length = event.u16At(param, at);
            at += LENGTH_BYTES;
            if (i == number) {
                if (length < Extension.OBJECT_HEADER_BYTES || at + length > end) {
                    return false;
                }
                layout.fill(fd, event, param, at);
                name(fd);
                return true;
            }
            at += length;
        }
        return false;
    }

    /** As /proc names what has no path. */
    private static void name(Fd fd) {
        boolean pipe = fd.kind() == FdKind.FIFO;
        if (fd.nameLength() == 0 && (pipe || fd.kind() == FdKind.UNIX_SOCK)) {
            String text = (pipe ? "pipe:[" : "socket:[") + fd.inode() + "]";
            byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
            fd.name(bytes, 0, bytes.length);
        }
    }
}
