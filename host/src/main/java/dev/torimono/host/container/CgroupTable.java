// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.container;

import dev.torimono.model.Container;
import dev.torimono.model.PlaceSink;
import dev.torimono.model.Text;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Cgroups by the kernel's id and by path, so that a path is parsed once and events pay a lookup.
 * Both sides are bounded caches; a forgotten cgroup is read again. One owner thread.
 */
public final class CgroupTable {
    private static final int PATHS = 8192;
    private static final int IDS = 8192;
    private static final int WAYS = 4;

    private final ContainerTable containers;
    private final Consumer<Container> populated;
    private final PlaceSink places;
    private final long[] ids = new long[IDS];
    private final @Nullable Cgroup[] byId = new @Nullable Cgroup[IDS];
    private final Map<Text, Cgroup> byPath = new RecentPaths();

    /**
     * @param populated told when the first process of a container is seen
     * @param places told of every cgroup whose number becomes known
     */
    public CgroupTable(ContainerTable containers, Consumer<Container> populated, PlaceSink places) {
        this.containers = containers;
        this.populated = populated;
        this.places = places;
    }

    /** The cgroup of a kernel id; null when nothing told its path yet. */
    public @Nullable Cgroup byId(long id) {
        int set = set(id);
        for (int i = set; i < set + WAYS; i++) {
            if (ids[i] == id && byId[i] != null) {
                return byId[i];
            }
        }
        return null;
    }

    /** The cgroup of a path. */
    public Cgroup of(Text path) {
        Cgroup known = byPath.get(path);
        if (known != null) {
            return known;
        }
        Placement placement = CgroupPath.parse(path);
        ContainerSlot slot = placement == null ? null : containers.slot(placement);
        Cgroup fresh = new Cgroup(path, slot, populated);
        byPath.put(path, fresh);
        return fresh;
    }

    /** Remembers the id of a cgroup. */
    public void learn(long id, Cgroup cgroup) {
        int set = set(id);
        int at = set;
        for (int i = set; i < set + WAYS; i++) {
            if (ids[i] == id || byId[i] == null) {
                at = i;
                break;
            }
        }
        ids[at] = id;
        byId[at] = cgroup;
        places.place(id, cgroup.container() != null);
    }

    /** Drops what is known, after containers were evicted: slots must not outlive their table. */
    public void clear() {
        byPath.clear();
        Arrays.fill(byId, null);
    }

    private static int set(long id) {
        long h = id * 0x9E37_79B9_7F4A_7C15L;
        return (int) (h >>> 40) & (IDS - 1) & -WAYS;
    }

    private static final class RecentPaths extends LinkedHashMap<Text, Cgroup> {
        private static final long serialVersionUID = 1L;

        RecentPaths() {
            super(256, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<Text, Cgroup> eldest) {
            return size() > PATHS;
        }
    }
}
