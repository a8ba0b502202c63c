// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.capture;

import dev.torimono.model.Fd;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The open fds of one process: an array for the low numbers, a map for the rest. */
final class FdMap {
    /** Open fds of one process; what exceeds it is not followed, as upstream does not. */
    static final int MAX_FDS = 4096;

    private static final int DENSE = 4096;

    private final FdPool pool;
    private @Nullable Fd[] dense = new Fd[16];
    private @Nullable LongMap<Fd> sparse;
    private int size;

    FdMap(FdPool pool) {
        this.pool = pool;
    }

    int size() {
        return size;
    }

    @Nullable Fd get(long number) {
        if (number >= 0 && number < DENSE) {
            return number < dense.length ? dense[(int) number] : null;
        }
        LongMap<Fd> map = sparse;
        return map == null ? null : map.get(number);
    }

    /**
     * The fd of that number, cleared: the one there, or a new one; null when there are too many.
     */
    @Nullable Fd open(long number) {
        Fd fd = get(number);
        if (fd == null) {
            if (size >= MAX_FDS || number < 0) {
                return null;
            }
            fd = pool.take();
            if (fd == null) {
                return null;
            }
            put(number, fd);
        }
        return fd.clear(number);
    }

    void close(long number) {
        Fd fd = get(number);
        if (fd == null) {
            return;
        }
        size--;
        if (number < DENSE) {
            dense[(int) number] = null;
        } else if (sparse != null) {
            sparse.remove(number);
        }
        pool.giveBack(fd);
    }

    /** Closes every fd that has one of these open flags. */
    void closeFlagged(int flags) {
        for (int i = 0; i < dense.length; i++) {
            Fd fd = dense[i];
            if (fd != null && (fd.openFlags() & flags) != 0) {
                close(i);
            }
        }
        LongMap<Fd> map = sparse;
        if (map != null) {
            List<Fd> all = new ArrayList<>();
            map.forEach(all::add);
            for (Fd fd : all) {
                if ((fd.openFlags() & flags) != 0) {
                    close(fd.number());
                }
            }
        }
    }

    void copyFrom(FdMap other) {
        clear();
        other.forEach(this::adopt);
    }

    void clear() {
        if (size == 0) {
            return;
        }
        forEach(pool::giveBack);
        Arrays.fill(dense, null);
        sparse = null;
        size = 0;
    }

    void forEach(Consumer<Fd> each) {
        for (Fd fd : dense) {
            if (fd != null) {
                each.accept(fd);
            }
        }
        LongMap<Fd> map = sparse;
        if (map != null) {
            map.forEach(each);
        }
    }

    /** Takes over a copy. */
    @Nullable Fd adopt(Fd from) {
        Fd fd = open(from.number());
        return fd == null ? null : fd.copyOf(from);
    }

    private void put(long number, Fd fd) {
        size++;
        if (number >= DENSE) {
            LongMap<Fd> map = sparse;
            if (map == null) {
                map = new LongMap<>();
                sparse = map;
            }
            map.put(number, fd);
            return;
        }
        int index = (int) number;
        if (index >= dense.length) {
            dense = Arrays.copyOf(dense, Math.max(index + 1, 2 * dense.length));
        }
        dense[index] = fd;
    }
}
