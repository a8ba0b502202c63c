// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.model.Demand;
import dev.torimono.model.Event;
import dev.torimono.model.Extension;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A hard link that was there before: known by its other name once that is in memory. */
@KernelTest
class AliasKernelTest {
    /** Mounted anew, a file system has no names in memory but those that were looked up since. */
    private static final String SCRIPT =
            """
            set -e
            mount -t tmpfs none /mnt
            mkdir /mnt/lower /mnt/upper /mnt/work /mnt/all
            o=lowerdir=/mnt/lower,upperdir=/mnt/upper,workdir=/mnt/work
            mount -t overlay -o $o none /mnt/all
            echo x > /mnt/all/secret
            ln /mnt/all/secret /mnt/all/harmless
            umount /mnt/all
            mount -t overlay -o $o none /mnt/all
            echo ready; read go
            cat /mnt/all/harmless
            echo once; read go
            cat /mnt/all/harmless
            """;

    @Test
    void nameThatIsLookedUpIsTold() throws Exception {
        Process shell =
                new ProcessBuilder("unshare", "--mount", "sh", "-c", SCRIPT)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        Path root = Path.of("/proc/" + shell.pid() + "/root");
        try (Stage stage = new Stage(SensorConfig.DEFAULT, Demand.everything());
                NameLookup names = new NameLookup(root);
                BufferedReader said = shell.inputReader()) {
            assertThat(said.readLine()).isEqualTo("ready");
            assertThat(otherNameAfter(shell, stage)).isEmpty();
            assertThat(said.readLine()).isEqualTo("x");
            assertThat(said.readLine()).isEqualTo("once");
            names.want(NameLookupTest.opens(Set.of("/mnt/all/secret"), Set.of()));
            assertThat(names.look()).isOne();
            assertThat(otherNameAfter(shell, stage)).isEqualTo("/mnt/all/secret");
        } finally {
            shell.destroyForcibly().waitFor();
        }
    }

    /** Lets the shell go on, and returns the other name of what is opened then. */
    private static String otherNameAfter(Process shell, Stage stage) throws IOException {
        stage.events().clear();
        shell.outputWriter().append("go\n").flush();
        Event open =
                stage.await(
                        e ->
                                e.type().name().equals("openat")
                                        && e.type().isExit()
                                        && e.text(2).toString().equals("/mnt/all/harmless"));
        int detail = open.extension(Extension.DETAIL);
        return open.length(detail) > 1 ? open.text(detail).toString() : "";
    }
}
