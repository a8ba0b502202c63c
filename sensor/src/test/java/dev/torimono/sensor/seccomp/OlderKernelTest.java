// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.seccomp;

import static dev.torimono.sensor.seccomp.Told.exec;
import static dev.torimono.sensor.seccomp.Told.open;
import static dev.torimono.sensor.seccomp.Told.opens;
import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.sensor.KernelTest;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same on a kernel like Fargate's 5.10, which knows nothing of what is newer. */
@KernelTest
class OlderKernelTest {
    @TempDir private Path folder;

    @Test
    void callsAreToldRefusedAndForetoldTheSame() throws Exception {
        try (Cover cover = new Cover(folder, opens())) {
            SeccompSensor sensor = cover.look(5000, Newer.values());
            cover.onEvent(
                    event -> {
                        if (open("/evil").test(event)) {
                            sensor.enforcement().refuse(event);
                        }
                    });
            String opens =
                    "open(A,'>',\"$ARGV[0]/one\"); open(B,'>',\"$ARGV[0]/two\");"
                            + "print fileno(A),' ',fileno(B),' ';"
                            + "print open(C,'>',\"$ARGV[0]/evil\") ? 'made ' : 'refused ';"
                            + "system('/bin/true')";
            Cover.Ended ended = cover.run("perl", "-e", opens, folder.toString());
            assertThat(ended.exit()).isZero();
            assertThat(ended.out())
                    .isEqualTo(
                            cover.event(open("/one")).number(0)
                                    + " "
                                    + cover.event(open("/two")).number(0)
                                    + " refused ");
            assertThat(folder.resolve("evil")).doesNotExist();
            cover.event(exec("/true"));
            assertThat(sensor.count(SeccompCount.SLOW_LISTENERS)).isEqualTo(1);
            assertThat(sensor.count(SeccompCount.FAULTS)).isZero();
        }
    }

    /** Every fd of the table is then looked for by its link in /proc. */
    @Test
    void gapInTheTableOfFilesIsFound() throws Exception {
        try (Cover cover = new Cover(folder, opens())) {
            cover.look(5000, Newer.values());
            cover.run("sh", "-c", "cd %s; exec 3>a 4>b 5>c; exec 4>&-; : >gap".formatted(folder));
            assertThat(cover.event(open("/gap")).number(0)).isEqualTo(4);
        }
    }
}
