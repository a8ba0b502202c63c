// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host;

import dev.torimono.host.container.RuntimeClient;
import dev.torimono.model.PlaceSink;
import java.nio.file.Path;
import java.util.List;

/**
 * Where the host looks and how much it may remember.
 *
 * @param procRoot the proc file system of the host's pid namespace
 * @param hostRoot root of the host's files, for its accounts
 * @param bootEpochNs when the machine booted, ns since the epoch
 * @param runtimes the container runtimes to ask
 * @param places is told of every cgroup that becomes known
 * @param environment whether environments are read from /proc; rules that name none need none
 * @param maxTasks most living tasks remembered
 * @param maxContainers most containers remembered
 * @param maxExitedAncestors most ended processes kept above a living one
 * @param repairsPerSecond most tasks read from /proc per second after losses
 */
public record HostConfig(
        Path procRoot,
        Path hostRoot,
        long bootEpochNs,
        List<RuntimeClient> runtimes,
        PlaceSink places,
        boolean environment,
        int maxTasks,
        int maxContainers,
        int maxExitedAncestors,
        int repairsPerSecond) {
    private static final int MAX_TASKS = 131_072;
    private static final int MAX_CONTAINERS = 4096;
    private static final int MAX_EXITED_ANCESTORS = 64;
    private static final int REPAIRS_PER_SECOND = 2000;

    public HostConfig {
        runtimes = List.copyOf(runtimes);
    }

    /** The machine this runs on, without container runtimes. */
    public static HostConfig live() {
        return at(Path.of("/proc"), Path.of("/"), BootTime.read(Path.of("/proc")));
    }

    public static HostConfig at(Path procRoot, Path hostRoot, long bootEpochNs) {
        return new HostConfig(
                procRoot,
                hostRoot,
                bootEpochNs,
                List.of(),
                PlaceSink.NONE,
                true,
                MAX_TASKS,
                MAX_CONTAINERS,
                MAX_EXITED_ANCESTORS,
                REPAIRS_PER_SECOND);
    }

    /** Where Docker and podman listen when nobody says otherwise. */
    public static List<Path> defaultDockerSockets() {
        return RuntimeSockets.DOCKER_SOCKETS;
    }

    public HostConfig withRuntimes(List<RuntimeClient> clients) {
        return new HostConfig(
                procRoot,
                hostRoot,
                bootEpochNs,
                clients,
                places,
                environment,
                maxTasks,
                maxContainers,
                maxExitedAncestors,
                repairsPerSecond);
    }

    /** With the container runtimes of this machine, whether they run now or later. */
    public HostConfig withDefaultRuntimes() {
        return withRuntimes(RuntimeSockets.defaults());
    }

    /** With the daemons at these sockets; a path that names podman is podman's. */
    public HostConfig withDockerSockets(List<Path> sockets) {
        return withRuntimes(RuntimeSockets.docker(sockets));
    }

    /** With someone to tell where cgroups belong. */
    public HostConfig withPlaces(PlaceSink sink) {
        return new HostConfig(
                procRoot,
                hostRoot,
                bootEpochNs,
                runtimes,
                sink,
                environment,
                maxTasks,
                maxContainers,
                maxExitedAncestors,
                repairsPerSecond);
    }

    public HostConfig withEnvironment(boolean wanted) {
        return new HostConfig(
                procRoot,
                hostRoot,
                bootEpochNs,
                runtimes,
                places,
                wanted,
                maxTasks,
                maxContainers,
                maxExitedAncestors,
                repairsPerSecond);
    }

    public HostConfig withLimits(int tasks, int containers, int exitedAncestors, int repairs) {
        return new HostConfig(
                procRoot,
                hostRoot,
                bootEpochNs,
                runtimes,
                places,
                environment,
                tasks,
                containers,
                exitedAncestors,
                repairs);
    }
}
