// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response;

import dev.torimono.model.ProcessKiller;
import dev.torimono.model.Text;
import dev.torimono.response.action.Guards;
import dev.torimono.response.action.KillSwitch;
import dev.torimono.response.action.ProcFiles;
import dev.torimono.response.action.ProcessActions;
import dev.torimono.response.action.RateLimits;
import dev.torimono.response.action.Recorder;
import dev.torimono.response.container.CgroupControl;
import dev.torimono.response.container.ContainerActions;
import dev.torimono.response.container.ContainerControl;
import dev.torimono.response.container.DockerControl;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a responder acts with.
 *
 * @param guards objects where it must
 * @param processes ends processes
 * @param containers acts on containers
 * @param recorder takes captures
 * @param lookup tells when a container's runtime has answered
 */
public record Means(
        Guards guards,
        ProcessActions processes,
        ContainerActions containers,
        Recorder recorder,
        ContainerLookup lookup) {

    /**
     * The means of a live agent.
     *
     * @param killer reaches processes
     * @param places where a process is, when that is known better than by its cgroup; or null
     * @param dockerSockets API sockets of Docker or podman, in order of trial
     * @param others ways to containers that are tried after these, before cgroups
     * @param killSwitch stops everything
     * @param dryRun whether actions are only told
     */
    public static Means live(
            ProcessKiller killer,
            LongFunction<@Nullable Text> places,
            List<Path> dockerSockets,
            List<ContainerControl> others,
            Recorder recorder,
            ContainerLookup lookup,
            KillSwitch killSwitch,
            boolean dryRun) {
        ProcFiles proc = new ProcFiles(Path.of("/proc"), places);
        Guards guards =
                new Guards(
                        proc,
                        ProcessHandle.current().pid(),
                        killSwitch,
                        new RateLimits(System::nanoTime),
                        dryRun);
        List<ContainerControl> controls = new ArrayList<>();
        dockerSockets.forEach(socket -> controls.add(new DockerControl("docker", socket)));
        controls.addAll(others);
        controls.add(new CgroupControl(Path.of("/sys/fs/cgroup"), proc, killer));
        return new Means(
                guards,
                new ProcessActions(killer, proc, guards),
                new ContainerActions(controls, guards),
                recorder,
                lookup);
    }
}
