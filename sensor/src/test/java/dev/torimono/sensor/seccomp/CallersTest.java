// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.seccomp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.model.Event;
import dev.torimono.model.Extension;
import dev.torimono.sensor.KernelTest;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who calls: children that are taken for their parent, and those that must not be. */
@KernelTest
class CallersTest {
    private static final int NOBODY = 65_534;

    @TempDir private Path folder;

    private static List<Event> told(Cover cover, String name) {
        return cover.told().stream().filter(event -> event.type().name().equals(name)).toList();
    }

    private static long number(Event event, String param) {
        return event.number(event.type().paramIndex(param));
    }

    private static String said(String status, String line) {
        return status.lines()
                .filter(each -> each.startsWith(line + ":\t"))
                .findFirst()
                .orElseThrow()
                .substring(line.length() + 2);
    }

    /** Each program prints what /proc says of it; what was told of it must be the same. */
    @Test
    void childrenAreToldAsTheKernelHasThem() throws Exception {
        int children = 5;
        try (Cover cover = new Cover(folder, Told.opens())) {
            SeccompSensor sensor = cover.look(5000);
            Cover.Ended ended =
                    cover.run(
                            "setpriv",
                            "--inh-caps=-all,+kill,+chown",
                            "sh",
                            "-c",
                            "for i in 1 2 3 4 5; do cat /proc/self/status; echo ===; done");
            List<Event> cats =
                    told(cover, "execve").stream()
                            .filter(
                                    e ->
                                            e.text(e.type().paramIndex("comm"))
                                                    .toString()
                                                    .equals("cat"))
                            .toList();
            String[] said = ended.out().split("===\n");
            assertThat(said).hasSize(children);
            assertThat(cats).hasSize(children);
            for (int i = 0; i < children; i++) {
                Event event = cats.get(i);
                assertThat(number(event, "pid")).hasToString(said(said[i], "Pid"));
                assertThat(number(event, "ptid")).hasToString(said(said[i], "PPid"));
                assertThat(number(event, "pgid"))
                        .hasToString(said(said[i], "NSpgid").split("\t")[0]);
                assertThat(number(event, "cap_inheritable"))
                        .isEqualTo(Long.parseLong(said(said[i], "CapInh"), 16));
            }
            // The first is read as it is, and so is their parent for the second.
            assertThat(sensor.count(SeccompCount.HEIRS)).isGreaterThanOrEqualTo(children - 1);
        }
    }

    /** Without an exec, and so without a trace in /proc's entry: it is root's afterwards too. */
    @Test
    void childThatChangesItsIdsIsNotTakenForItsParent() throws Exception {
        String children =
                "open(F,'>',\"$ARGV[0]/parent\");"
                        + "for my $i (1..4) { if (!fork) { POSIX::setuid($ARGV[1]) if $i > 1;"
                        + " open(F,'>',\"$ARGV[0]/child$i\"); exit } wait }";
        try (Cover cover = new Cover(folder, Told.opens())) {
            cover.look(5000);
            assertThat(
                            cover.run("perl", "-MPOSIX", "-e", children, folder + "", NOBODY + "")
                                    .exit())
                    .isZero();
            for (int i = 1; i <= 4; i++) {
                String name = "/child" + i;
                Event event =
                        cover.event(
                                e ->
                                        e.type().name().startsWith("open")
                                                && e.text(e.type().paramIndex("name"))
                                                        .toString()
                                                        .endsWith(name));
                int context = event.extension(Extension.CONTEXT);
                assertThat(event.u32At(context, 28)).as(name).isEqualTo(i > 1 ? NOBODY : 0);
            }
            assertThat(told(cover, "setuid")).hasSize(3);
        }
    }

    @Test
    void childOfAProgramThatChangedItsIdsIsWhatItsParentBecame() throws Exception {
        String program =
                "for (1..2) { if (!fork) { open(F,'>',\"$ARGV[0]/before\"); exit } wait }"
                        + "POSIX::setuid($ARGV[1]);"
                        + "for (1..3) { if (!fork) { open(F,'>',\"$ARGV[0]/after\"); exit } wait }";
        try (Cover cover = new Cover(folder, Told.opens())) {
            cover.look(5000);
            cover.run("perl", "-MPOSIX", "-e", program, folder.toString(), NOBODY + "");
            for (String name : List.of("/before", "/after")) {
                List<Event> opens =
                        cover.told().stream()
                                .filter(e -> e.type().name().startsWith("open"))
                                .filter(
                                        e ->
                                                e.text(e.type().paramIndex("name"))
                                                        .toString()
                                                        .endsWith(name))
                                .toList();
                assertThat(opens).hasSize(name.equals("/before") ? 2 : 3);
                assertThat(opens)
                        .allMatch(
                                e ->
                                        e.u32At(e.extension(Extension.CONTEXT), 28)
                                                == (name.equals("/before") ? 0 : NOBODY));
            }
        }
    }
}
