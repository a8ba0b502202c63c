// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.container;

import dev.torimono.model.Container;
import dev.torimono.model.ProcessKiller;
import dev.torimono.model.ProcessKiller.Held;
import dev.torimono.model.ProcessKiller.Hold;
import dev.torimono.response.action.ProcFiles;
import dev.torimono.response.action.ProcessFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Acts on containers through the cgroup file system, when no runtime answers: freezes with {@code
 * cgroup.freeze} (v2) or {@code freezer.state} (v1), ends with {@code cgroup.kill} (since 5.14) or
 * process by process. Never above the cgroup that carries the container's id.
 */
public final class CgroupControl implements ContainerControl {
    private static final int SIGTERM = 15;
    private static final long GRACE_MS = 10_000;
    private static final long DEATH_MS = 2_000;
    private static final long PAUSE_MS = 20;

    /** Where a container's processes are kept, and how they are frozen there. */
    private record Place(Path folder, boolean unified) {}

    private final Path cgroupRoot;
    private final ProcFiles proc;
    private final ProcessKiller killer;

    /** Reads and writes below a root, {@code /sys/fs/cgroup} on a host. */
    public CgroupControl(Path cgroupRoot, ProcFiles proc, ProcessKiller killer) {
        this.cgroupRoot = cgroupRoot;
        this.proc = proc;
        this.killer = killer;
    }

    @Override
    public String name() {
        return "cgroup";
    }

    @Override
    public Answer act(Operation operation, Container container, long pid) {
        if (operation == Operation.START) {
            return new NotMine("what has ended has no cgroup");
        }
        Optional<Place> place = place(container, pid);
        if (place.isEmpty()) {
            return new NotMine("its cgroup cannot be told");
        }
        try {
            return switch (operation) {
                case PAUSE -> freeze(place.get(), true);
                case UNPAUSE -> freeze(place.get(), false);
                case KILL -> kill(place.get());
                case STOP -> stop(place.get());
                case START -> throw new IllegalStateException("refused above");
            };
        } catch (IOException e) {
            return new Refused("cgroup: " + e.getMessage());
        }
    }

    private Optional<Place> place(Container container, long pid) {
        List<String> lines = proc.cgroups(pid);
        return find(lines, ":freezer:", container.fullId(), "freezer", false)
                .or(() -> find(lines, "0::", container.fullId(), "unified", true))
                .or(() -> find(lines, "0::", container.fullId(), "", true));
    }

    /** The cgroup up to the component that carries the id: nested ones below it belong to it. */
    private Optional<Place> find(
            List<String> lines, String mark, String id, String mount, boolean unified) {
        for (String line : lines) {
            int at = line.indexOf(mark);
            int idAt = line.indexOf(id);
            if (at < 0 || idAt < 0 || id.length() < 12) {
                continue;
            }
            int end = line.indexOf('/', idAt);
            String path = line.substring(at + mark.length(), end < 0 ? line.length() : end);
            Path folder = cgroupRoot.resolve(mount).resolve(path.substring(1)).normalize();
            String switchFile = unified ? "cgroup.freeze" : "freezer.state";
            if (folder.startsWith(cgroupRoot) && Files.exists(folder.resolve(switchFile))) {
                return Optional.of(new Place(folder, unified));
            }
        }
        return Optional.empty();
    }

    private static Answer freeze(Place place, boolean frozen) throws IOException {
        if (place.unified()) {
            Files.writeString(place.folder().resolve("cgroup.freeze"), frozen ? "1" : "0");
        } else {
            Files.writeString(
                    place.folder().resolve("freezer.state"), frozen ? "FROZEN" : "THAWED");
        }
        return new Done("through its cgroup");
    }

    private Answer kill(Place place) throws IOException {
        Path killFile = place.folder().resolve("cgroup.kill");
        if (place.unified() && Files.exists(killFile)) {
            Files.writeString(killFile, "1");
        } else {
            freeze(place, true);
            signalAll(place, ProcessKiller.SIGKILL);
            freeze(place, false);
        }
        return awaitEmpty(place, DEATH_MS)
                ? new Done("through its cgroup")
                : new Refused("cgroup: processes are still there after " + DEATH_MS + " ms");
    }

    private Answer stop(Place place) throws IOException {
        signalAll(place, SIGTERM);
        return awaitEmpty(place, GRACE_MS) ? new Done("through its cgroup") : kill(place);
    }

    private void signalAll(Place place, int signal) throws IOException {
        for (long pid : pids(place)) {
            long startNs = proc.process(pid).map(ProcessFacts::startNs).orElse(0L);
            if (startNs > 0 && killer.grip(pid, startNs) instanceof Held(Hold hold)) {
                try (hold) {
                    String refused = hold.signal(signal);
                    if (!refused.isEmpty()) {
                        throw new IOException(refused);
                    }
                }
            }
        }
    }

    private static boolean awaitEmpty(Place place, long timeoutMs) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        while (!pids(place).isEmpty()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            try {
                Thread.sleep(PAUSE_MS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }

    /** None when the cgroup is gone with its last process. */
    private static List<Long> pids(Place place) throws IOException {
        Path file = place.folder().resolve("cgroup.procs");
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            return Files.readAllLines(file).stream().map(Long::parseLong).toList();
        } catch (IOException e) {
            // It may go between the look and the reading, or while it is read.
            if (Files.exists(file)) {
                throw e;
            }
            return List.of();
        }
    }
}
