// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.torimono.model.Container;
import dev.torimono.response.action.ProcFiles;
import dev.torimono.response.action.ProcessFacts;
import dev.torimono.response.container.ContainerControl.Done;
import dev.torimono.response.container.ContainerControl.NotMine;
import dev.torimono.response.container.ContainerControl.Operation;
import dev.torimono.response.testing.Containers;
import dev.torimono.response.testing.RealProcesses;
import dev.torimono.sensor.process.PidFdKiller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Against real cgroups, made and removed here. */
class CgroupControlTest {
    private static final Path ROOT = Path.of("/sys/fs/cgroup");

    private final ProcFiles proc = new ProcFiles(Path.of("/proc"));
    private final CgroupControl control = new CgroupControl(ROOT, proc, new PidFdKiller());

    private static String newId() {
        byte[] bytes = new byte[32];
        RandomGenerator.getDefault().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static Path freezer() {
        for (String mount : new String[] {"freezer", "unified", ""}) {
            Path folder = ROOT.resolve(mount);
            boolean usable =
                    mount.equals("freezer") || Files.exists(folder.resolve("cgroup.controllers"));
            if (Files.isDirectory(folder) && Files.isWritable(folder) && usable) {
                return folder;
            }
        }
        return Path.of("/nonexistent");
    }

    @Test
    void pausesContinuesAndKillsWhatIsInside() throws Exception {
        assumeTrue(Files.isWritable(freezer()), "only root can make cgroups");
        String id = newId();
        Path folder = freezer().resolve("torimono-test-" + id);
        Container container = Containers.of(id, "test", Map.of(), null);
        try (RealProcesses processes = new RealProcesses()) {
            ProcessFacts root = processes.start("sleep 300 & wait");
            processes.awaitAtLeast(2);
            Files.createDirectory(folder);
            for (ProcessFacts process : processes.living()) {
                Files.writeString(folder.resolve("cgroup.procs"), Long.toString(process.pid()));
            }

            assertThat(control.act(Operation.PAUSE, container, root.pid()))
                    .isEqualTo(new Done("through its cgroup"));
            assertThat(frozen(folder)).isTrue();
            assertThat(control.act(Operation.UNPAUSE, container, root.pid()))
                    .isEqualTo(new Done("through its cgroup"));
            assertThat(frozen(folder)).isFalse();
            assertThat(control.act(Operation.KILL, container, root.pid()))
                    .isEqualTo(new Done("through its cgroup"));
            assertThat(processes.living()).isEmpty();
        } finally {
            Files.deleteIfExists(folder);
        }
    }

    @Test
    void cgroupWithoutTheContainersIdIsNeverTouched() {
        Container container = Containers.of(newId(), "test", Map.of(), null);

        assertThat(control.act(Operation.KILL, container, ProcessHandle.current().pid()))
                .isEqualTo(new NotMine("its cgroup cannot be told"));
        assertThat(control.act(Operation.START, container, 0)).isInstanceOf(NotMine.class);
    }

    private static boolean frozen(Path folder) throws IOException, InterruptedException {
        Path state = folder.resolve("freezer.state");
        if (!Files.exists(state)) {
            return Files.readString(folder.resolve("cgroup.freeze")).strip().equals("1");
        }
        String text = Files.readString(state).strip();
        for (int i = 0; i < 100 && text.equals("FREEZING"); i++) {
            Thread.sleep(10);
            text = Files.readString(state).strip();
        }
        return text.equals("FROZEN");
    }
}
