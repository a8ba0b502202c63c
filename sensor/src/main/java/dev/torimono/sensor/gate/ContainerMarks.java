// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.gate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The marks of one container. A file system of its own (its overlay, its tmpfs) is marked as a
 * whole, which no new mount namespace escapes; of one that the host has too only the container's
 * mount is, so that nothing of the host is ever held. Marks end by themselves when the mounts do.
 */
final class ContainerMarks {
    private record Mark(String device, boolean filesystem) {}

    private final FanotifyGroup group;
    private final SmallFiles files;
    private final Path proc;
    private final HostWorld host;

    /** By mount point. */
    private final Map<String, Mark> marks = new LinkedHashMap<>();

    /** The mounts when they were marked last: a mark on what is marked changes nothing. */
    private String known = "";

    private String storage = "";

    private final Set<String> troubles = new LinkedHashSet<>();

    ContainerMarks(FanotifyGroup group, SmallFiles files, Path proc, HostWorld host) {
        this.group = group;
        this.files = files;
        this.proc = proc;
        this.host = host;
    }

    int count() {
        return marks.size();
    }

    /** File system of its root; empty when it is not known yet. */
    String storage() {
        return storage;
    }

    String trouble() {
        return String.join("; ", troubles);
    }

    /**
     * Marks what a process of the container sees and is not marked yet.
     *
     * @return false when the process is gone or does not live in a world of its own yet
     */
    boolean extend(long pid, String container) {
        // What costs little is asked first: with hundreds of containers the host's mounts are a
        // book.
        if (host.has(pid) || host.isRootOf(pid)) {
            return false;
        }
        String text = host.mountText(Long.toString(pid));
        if (text.equals(known) && !marks.isEmpty()) {
            return true;
        }
        List<Mount> all = Mount.parse(text);
        if (all.isEmpty() || !belongs(pid, container)) {
            return false;
        }
        List<Mount> ofHost = host.mounts();
        Set<String> hostDevices = ofHost.stream().map(Mount::device).collect(Collectors.toSet());
        Mount hostRoot = Mount.root(ofHost);
        Mount ownRoot = Mount.root(all);
        if (hostRoot == null || ownRoot == null || ownRoot.shows(hostRoot)) {
            // A copy of the host's mounts: its runtime is still setting it up.
            return false;
        }
        int root = files.open(proc + "/" + pid + "/root", SmallFiles.O_PATH);
        if (root < 0) {
            return false;
        }
        marks.clear();
        try {
            for (Mount mount : all) {
                if (!mount.executable()) {
                    continue;
                }
                boolean overlayRoot =
                        mount.point().equals("/")
                                && mount.type().equals("overlay")
                                && !mount.device().equals(hostRoot.device());
                mark(root, mount, overlayRoot || !hostDevices.contains(mount.device()));
            }
        } finally {
            files.close(root);
        }
        known = text;
        storage = ownRoot.type();
        return true;
    }

    private void mark(int root, Mount mount, boolean filesystem) {
        Mark mark = new Mark(mount.device(), filesystem);
        int fd = files.openInside(root, mount.point());
        if (fd < 0) {
            return;
        }
        try {
            String name = "/proc/self/fd/" + fd;
            if (filesystem && !device(name).equals(mount.device())) {
                // Somebody moves mounts while we look: another file system must not be hit.
                troubles.add(mount.point() + ": changed while it was looked at");
                return;
            }
            String error = group.mark(name, filesystem, true);
            if (error.isEmpty()) {
                marks.put(mount.point(), mark);
            } else {
                troubles.add(mount.point() + " (" + mount.type() + "): " + error);
            }
        } finally {
            files.close(fd);
        }
    }

    /** Takes the marks away, as far as the container's mounts still exist. */
    void remove(long pid) {
        int root = files.open(proc + "/" + pid + "/root", SmallFiles.O_PATH);
        if (root < 0) {
            return;
        }
        try {
            for (Map.Entry<String, Mark> mark : marks.entrySet()) {
                int fd = files.openInside(root, mark.getKey());
                if (fd >= 0) {
                    group.mark("/proc/self/fd/" + fd, mark.getValue().filesystem(), false);
                    files.close(fd);
                }
            }
        } finally {
            files.close(root);
        }
        marks.clear();
    }

    private boolean belongs(long pid, String container) {
        return files.text(proc + "/" + pid + "/cgroup").contains(container);
    }

    /** {@code major:minor}, as mountinfo has it. */
    private static String device(String path) {
        try {
            long device = (Long) Files.getAttribute(Path.of(path), "unix:dev");
            long major = (device >>> 8 & 0xfff) | (device >>> 32 & 0xfffff000L);
            long minor = (device & 0xff) | (device >>> 12 & 0xffffff00L);
            return major + ":" + minor;
        } catch (IOException e) {
            return "";
        }
    }
}
