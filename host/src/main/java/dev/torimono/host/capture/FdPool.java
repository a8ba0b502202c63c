// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.capture;

import dev.torimono.model.Fd;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gives out fds and takes them back, so that opening and closing allocates nothing. */
final class FdPool {
    /** In all tables together; about 400 MB. Only a forged capture gets there. */
    static final int MAX_FDS = 1 << 20;

    private static final int MAX_SPARE = 1 << 14;
    private static final int NAME_ROOM = 64;

    private final List<Fd> spare = new ArrayList<>();
    private int given;

    /** An fd to fill, or null when no more may exist. */
    @Nullable Fd take() {
        if (given >= MAX_FDS) {
            return null;
        }
        given++;
        return spare.isEmpty() ? new Fd(NAME_ROOM) : spare.removeLast();
    }

    void giveBack(Fd fd) {
        given--;
        if (spare.size() < MAX_SPARE) {
            spare.add(fd);
        }
    }
}
