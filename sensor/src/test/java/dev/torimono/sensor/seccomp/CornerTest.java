// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.seccomp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.torimono.model.Demand;
import dev.torimono.model.Enforcement;
import dev.torimono.model.Event;
import dev.torimono.model.EventType;
import dev.torimono.model.Extension;
import dev.torimono.sensor.KernelTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that are hard to get along with. */
@KernelTest
class CornerTest {
    private static final Path SOURCES = Path.of("src", "test", "c", "seccomp");

    @TempDir private Path folder;

    private static Demand opens() {
        BitSet types = new BitSet();
        for (String symbol : List.of("SYSCALL_OPEN_X", "SYSCALL_OPENAT_2_X")) {
            types.set(EventType.symbol(symbol).code());
        }
        return new Demand(types, false);
    }

    /** Made beforehand where no compiler is, as in a guest; else made here. */
    private String compile(String source, String... options) throws Exception {
        String name = source.replace(".c", "");
        Path made = Path.of(System.getProperty("torimono.programs", ""), name);
        if (System.getProperty("torimono.programs") != null) {
            assumeTrue(Files.isExecutable(made), "no " + made);
            return made.toString();
        }
        Path program = folder.resolve(name);
        List<String> words = new ArrayList<>(List.of("gcc", "-O1", "-o", program.toString()));
        words.add(SOURCES.resolve(source).toString());
        words.addAll(List.of(options));
        Cover.Ended ended = Cover.end(new ProcessBuilder(words).redirectErrorStream(true).start());
        assumeTrue(ended.exit() == 0, "gcc cannot make " + source + ": " + ended.out());
        return program.toString();
    }

    private static String object(Event event) {
        return event.text(event.extension(Extension.OBJECT), Extension.OBJECT_HEADER_BYTES)
                .toString();
    }

    @Test
    void programOf32BitsIsSeenAndRefusedByItsOwnNumbers() throws Exception {
        String program = compile("ia32.c", "-m32", "-nostdlib", "-static", "-fno-pic", "-no-pie");
        try (Cover cover = new Cover(folder, opens())) {
            SeccompSensor sensor = cover.look(1000);
            String file = folder.toRealPath().resolve("made").toString();
            assertThat(cover.run(program, file).exit()).isZero();
            assertThat(object(cover.event(e -> e.type().name().equals("open")))).isEqualTo(file);
            cover.onEvent(
                    event -> {
                        if (event.type().name().equals("open")) {
                            sensor.enforcement().refuse(event);
                        }
                    });
            assertThat(cover.run(program, file + "2").exit()).isEqualTo(1);
            assertThat(Path.of(file + "2")).doesNotExist();
        }
    }

    @Test
    void connectByTheOldDoorOfSocketsIsSeenAndRefused() throws Exception {
        String program =
                compile("socketcall.c", "-m32", "-nostdlib", "-static", "-fno-pic", "-no-pie");
        try (Cover cover = new Cover(folder, Told.demand("SOCKET_CONNECT_X"))) {
            SeccompSensor sensor = cover.look(1000);
            assertThat(cover.run(program).exit()).isZero();
            Event event = cover.event(e -> e.type().name().equals("connect"));
            assertThat(event.number(event.type().paramIndex("fd"))).isPositive();
            // Behind the family, address and port of the other end.
            int object = event.extension(Extension.OBJECT);
            int there = event.length(object) - 6;
            assertThat(event.u32At(object, there)).isEqualTo(0x0100007f);
            assertThat(event.byteAt(object, there + 4)).isEqualTo(9);
            cover.onEvent(
                    each -> {
                        if (each.type().name().equals("connect")) {
                            sensor.enforcement().refuse(each);
                        }
                    });
            assertThat(cover.run(program).exit()).isEqualTo(1);
        }
    }

    @Test
    void filterOfTheProgramsOwnWinsAndExecsAreStillSeen() throws Exception {
        String program = compile("corner.c", "-pthread");
        try (Cover cover = new Cover(folder, opens())) {
            cover.look(1000);
            String file = folder.toRealPath().resolve("forbidden").toString();
            assertThat(cover.run(program, "filter", file).exit()).isZero();
            assertThat(cover.told()).noneMatch(e -> object(e).equals(file));
            cover.event(
                    e ->
                            e.type().name().equals("execve")
                                    && e.text(e.type().paramIndex("trusted_exepath"))
                                            .toString()
                                            .endsWith("/true"));
        }
    }

    /**
     * The known hole: what is told and refused is what lay there when we looked. It may slip
     * through by another name, yet never is anything told that was not one of both.
     */
    @Test
    void programThatRewritesItsArgumentsMaySlipThroughButIsNeverMisread() throws Exception {
        String program = compile("corner.c", "-pthread");
        int times = 300;
        try (Cover cover = new Cover(folder, opens())) {
            SeccompSensor sensor = cover.look(1000);
            Enforcement arm = sensor.enforcement();
            String good = folder.toRealPath().resolve("name-a").toString();
            String evil = folder.toRealPath().resolve("name-b").toString();
            cover.onEvent(
                    event -> {
                        if (object(event).equals(evil)) {
                            arm.refuse(event);
                        }
                    });
            assertThat(cover.run(program, "rewrite", good, evil, "" + times).exit()).isZero();
            List<String> told =
                    cover.told().stream()
                            .filter(e -> e.type().name().equals("openat"))
                            .map(CornerTest::object)
                            .toList();
            assertThat(told).hasSize(times).containsAnyOf(good, evil);
            assertThat(told).allMatch(name -> name.equals(good) || name.equals(evil));
            assertThat(sensor.count(SeccompCount.FAULTS)).isZero();
        }
    }

    @Test
    void setuidProgramHasNoPrivilegeWhereTheLauncherHadNone() throws Exception {
        Path program = folder.resolve("id");
        Files.copy(Path.of("/usr/bin/id"), program);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(
                        Cover.end(new ProcessBuilder("chmod", "4755", program.toString()).start())
                                .exit())
                .isZero();
        open(folder);
        try (Cover cover = new Cover(folder, opens())) {
            cover.look(1000);
            List<String> plain = List.of("setpriv", "--reuid", "65534", "--clear-groups");
            List<String> bare = new ArrayList<>(plain);
            bare.addAll(List.of(program.toString(), "-u"));
            Cover.Ended without =
                    Cover.end(new ProcessBuilder(bare).redirectErrorStream(true).start());
            assumeTrue(without.out().equals("0\n"), "no setuid programs here: " + without.out());
            ProcessBuilder covered = cover.program(program.toString(), "-u");
            List<String> words = new ArrayList<>(plain);
            words.addAll(covered.command());
            covered.command(words);
            assertThat(Cover.end(covered.start())).isEqualTo(new Cover.Ended(0, "65534\n"));
        }
    }

    private static void open(Path folder) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
