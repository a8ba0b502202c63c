// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.enforce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.model.Accounts;
import dev.torimono.model.Container;
import dev.torimono.model.Event;
import dev.torimono.model.EventBuilder;
import dev.torimono.model.EventType;
import dev.torimono.model.Extension;
import dev.torimono.model.Fd;
import dev.torimono.model.FdTable;
import dev.torimono.model.HeldFile;
import dev.torimono.model.Image;
import dev.torimono.model.Observation;
import dev.torimono.model.Task;
import dev.torimono.model.Text;
import dev.torimono.response.decision.PolicySet;
import dev.torimono.response.decision.Tallies;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DriftTest {
    private static final Container COVERED = Sets.named("test");
    private static final String LISTS =
            Sets.DRIFT
                    + "    drift: {volumes: true, exceptions: [/opt/ok/], prohibited_binaries: [/bin/nc],"
                    + " allowed_parents: [/usr/bin/make], allowed_ancestors: [/usr/bin/dpkg],"
                    + " prohibited_parents: [/usr/bin/curl]}\n";

    private static final HeldFile ADDED_SCRIPT =
            FakeExec.file("/tmp/x.sh", FakeExec.OVERLAYFS, Fd.UPPER_LAYER);

    private final Writers writers = new Writers();
    private @Nullable HeldFile looked;
    private final Drift drift = new Drift(writers, (_, _) -> looked);

    private static long filesystem(String name) {
        return switch (name) {
            case "overlay" -> FakeExec.OVERLAYFS;
            case "tmpfs" -> FakeExec.TMPFS;
            default -> FakeExec.EXT4;
        };
    }

    private static int facts(String layer) {
        return switch (layer) {
            case "upper" -> Fd.UPPER_LAYER;
            case "lower" -> Fd.LOWER_LAYER;
            case "memfd" -> Fd.MEMFD;
            case "deleted" -> Fd.DELETED | Fd.UPPER_LAYER;
            default -> 0;
        };
    }

    private String reason(String policies, FakeExec exec, String... above) {
        FakeBench bench = new FakeBench(COVERED).below(above);
        Drift.Judged judged =
                drift.held(exec, Sets.of(policies), COVERED, () -> bench.foresee(exec.event()));
        var judgement = judged.decision().drift();
        return judgement == null ? "" : judgement.reason().label();
    }

    /** Where the file lies, who executes it, and why that is drift; empty: it is not. */
    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    /x,          overlay, upper,   /bin/bash,     added
                    /bin/ls,     overlay, lower,   /bin/bash,     ''
                    /bin/ls,     overlay, lower,   /usr/bin/curl, ''
                    /bin/nc,     overlay, lower,   /bin/bash,     prohibited_binary
                    /bin/nc,     overlay, upper,   /usr/bin/make, prohibited_binary
                    memfd:x,     tmpfs,   memfd,   /bin/bash,     memfd
                    /x,          overlay, deleted, /bin/bash,     deleted
                    /dev/shm/x,  tmpfs,   none,    /bin/bash,     memory_fs
                    /vol/x,      ext4,    none,    /bin/bash,     volume
                    /opt/ok/x,   overlay, upper,   /bin/bash,     ''
                    /opt/ok/x,   overlay, upper,   /usr/bin/curl, prohibited_parent
                    /x,          overlay, upper,   /usr/bin/make, ''
                    /x,          overlay, upper,   /usr/bin/dpkg, ''
                    """)
    void whatIsExecutedIsJudgedByItsFile(
            String path, String filesystem, String layer, String launcher, String reason) {
        FakeExec exec = new FakeExec(FakeExec.file(path, filesystem(filesystem), facts(layer)));

        assertThat(reason(LISTS, exec.by(launcher))).isEqualTo(reason);
    }

    @Test
    void whatAnAllowedAncestorStartedThroughAllGenerationsIsNoDrift() {
        FakeExec exec = FakeExec.added("/usr/bin/fresh").by("/bin/sh");

        assertThat(reason(LISTS, exec, "/bin/sh", "/bin/sh", "/usr/bin/dpkg")).isEmpty();
        assertThat(reason(LISTS, exec, "/bin/sh", "/usr/bin/make")).isEqualTo("added");
    }

    @Test
    void scriptGivenToAnInterpreterOfTheImageIsJudged() {
        FakeExec exec =
                FakeExec.ofImage("/bin/dash").with("sh", "x.sh").where("x.sh", ADDED_SCRIPT);

        assertThat(reason(Sets.DRIFT, exec)).isEqualTo("added");
        assertThat(reason(Sets.DRIFT + "    drift: {scripts: false}\n", exec)).isEmpty();
    }

    @Test
    void programGivenToTheLoaderIsJudgedUnlessTheLoaderFollowsIt() {
        HeldFile program = FakeExec.file("/tmp/p", FakeExec.OVERLAYFS, Fd.UPPER_LAYER);
        String loader = "/lib64/ld-linux-x86-64.so.2";
        FakeExec exec = FakeExec.ofImage(loader).with(loader, "/tmp/p").where("/tmp/p", program);

        assertThat(reason(Sets.DRIFT, exec)).isEqualTo("added");
        assertThat(reason(Sets.DRIFT, exec.following())).isEmpty();
    }

    @Test
    void scriptThatIsNotThereIsLeftToTheInterpreter() {
        assertThat(reason(Sets.DRIFT, FakeExec.ofImage("/bin/dash").with("sh", "/nowhere")))
                .isEmpty();
    }

    @Test
    void writerIsToldWhenHeWasSeen() {
        writers.wrote(1, 7, new Writers.Writer("/usr/bin/curl", "curl -O x", 12, 3));
        FakeExec exec = FakeExec.added("/x");
        FakeBench bench = new FakeBench(COVERED);
        Drift.Judged judged =
                drift.held(exec, Sets.of(Sets.DRIFT), COVERED, () -> bench.foresee(exec.event()));

        assertThat(judged.writer().commandLine()).isEqualTo("curl -O x");
        assertThat(judged.objects()).isTrue();
    }

    /** Judging counts once, however often it looks. */
    @Test
    void findingIsCountedOnce() {
        Tallies tallies = new Tallies();
        PolicySet policies = Sets.of(Sets.DRIFT, tallies);
        FakeExec exec = FakeExec.added("/x");
        FakeBench bench = new FakeBench(COVERED);
        drift.held(exec, policies, COVERED, () -> bench.foresee(exec.event()));

        assertThat(tallies.of("Drift").findings()).isOne();
        assertThat(tallies.of("Drift").planned()).isOne();
    }

    private static Observation happened(Image image, long filesystem, int links, String... words) {
        ByteBuffer detail =
                ByteBuffer.allocate(Extension.DETAIL_HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        detail.putInt(24, links).putInt(28, (int) filesystem);
        Task task = FakeBench.task(COVERED, "/bin/bash");
        Task child = new Task(FakeExec.PID + 1, FakeExec.PID + 1).startNs(6);
        child.container(COVERED);
        child.parent(FakeExec.PID, task);
        child.image(
                new Image(
                        words.length == 0 ? image.exe() : Text.of(words[0]),
                        image.path(),
                        Arrays.stream(words).skip(1).map(Text::of).toList(),
                        List.of(),
                        0,
                        image.inode(),
                        image.device(),
                        0,
                        0,
                        false,
                        image.upperLayer(),
                        image.lowerLayer(),
                        image.memfd()));
        return new Observation(Accounts.NONE, FdTable.NONE)
                .set(
                        new EventBuilder(
                                        EventType.symbol("SYSCALL_EXECVE_19_X"),
                                        1,
                                        FakeExec.PID + 1)
                                .number("res", 0)
                                .extension(Extension.DETAIL, detail.array())
                                .event(),
                        child,
                        null);
    }

    private static Image image(String path, boolean upper) {
        return new Image(
                Text.of(path),
                Text.of(path),
                List.of(),
                List.of(),
                0,
                7,
                1,
                0,
                0,
                false,
                upper,
                !upper,
                false);
    }

    private String reason(Observation observation) {
        var judgement = drift.happened(observation, Sets.of(LISTS), COVERED).decision().drift();
        return judgement == null ? "" : judgement.reason().label();
    }

    @Test
    void whatHasHappenedIsJudgedByTheSameFacts() {
        assertThat(reason(happened(image("/x", true), FakeExec.OVERLAYFS, 1))).isEqualTo("added");
        assertThat(reason(happened(image("/bin/ls", false), FakeExec.OVERLAYFS, 1))).isEmpty();
        assertThat(reason(happened(image("/bin/nc", false), FakeExec.OVERLAYFS, 1)))
                .isEqualTo("prohibited_binary");
        assertThat(reason(happened(image("/x", true), FakeExec.OVERLAYFS, 0))).isEqualTo("deleted");
        assertThat(reason(happened(image("/vol/x", false), FakeExec.EXT4, 1))).isEqualTo("volume");
    }

    @Test
    void scriptOfAnExecThatHasHappenedIsLookedAtWhileItIsThere() {
        Observation shell =
                happened(image("/bin/dash", false), FakeExec.OVERLAYFS, 1, "sh", "/tmp/x.sh");
        assertThat(reason(shell)).isEmpty();
        looked = ADDED_SCRIPT;

        assertThat(reason(shell)).isEqualTo("added");
    }

    /** By the layer that the event tells, and else by a look at the very file. */
    @Test
    void libraryThatIsMappedIsJudgedByWhereItLies() {
        assertThat(mapped("/tmp/x.so", Fd.UPPER_LAYER)).isEqualTo("added");
        assertThat(mapped("/lib/libc.so.6", Fd.LOWER_LAYER)).isEmpty();
        assertThat(mapped("/opt/ok/x.so", Fd.UPPER_LAYER)).isEmpty();
        assertThat(mapped("memfd:x", Fd.MEMFD)).isEqualTo("memfd");
        assertThat(mapped("/vol/x.so", 0)).as("not there any more").isEmpty();
        looked = FakeExec.file("/vol/x.so", FakeExec.EXT4, 0);
        assertThat(mapped("/vol/x.so", 0)).isEqualTo("volume");
    }

    /** What is made executable later is the same; what is only read is data. */
    @Test
    void protectionThatAllowsExecutionIsAMapping() {
        assertThat(mapped(protection(5), "/tmp/x.so", Fd.UPPER_LAYER)).isEqualTo("added");
        assertThat(mapped(protection(3), "/tmp/x.so", Fd.UPPER_LAYER)).isEmpty();
        assertThat(mapped(mapping(1), "/tmp/x.so", Fd.UPPER_LAYER)).isEmpty();
    }

    private String mapped(String path, int facts) {
        return mapped(mapping(5), path, facts);
    }

    private String mapped(Event event, String path, int facts) {
        byte[] name = path.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        Fd fd = new Fd().inode(7, 1).facts(facts).name(name, 0, name.length);
        Observation observation =
                new Observation(Accounts.NONE, FdTable.NONE)
                        .set(event, FakeBench.task(COVERED, "/bin/bash"), fd);
        var judgement =
                drift.mapped(
                                observation,
                                Sets.of(LISTS.replace("{volumes", "{libraries: true, volumes")),
                                COVERED)
                        .decision()
                        .drift();
        return judgement == null ? "" : judgement.reason().label();
    }

    @Test
    void onlyOpensForWritingMakeAWriter() {
        Task task = FakeBench.task(COVERED, "/bin/cp");
        for (int flags : new int[] {1, 2}) {
            Fd fd = new Fd().inode(9, 1).openFlags(flags);
            drift.note(new Observation(Accounts.NONE, FdTable.NONE).set(event(), task, fd));
            assertThat(writers.of(1, 9).program()).isEqualTo(flags == 2 ? "/bin/cp" : "");
        }
    }

    private static Event mapping(int protection) {
        return new EventBuilder(EventType.symbol("SYSCALL_MMAP_X"), 1, 1)
                .number("res", 0x7000)
                .number("prot", protection)
                .event();
    }

    private static Event protection(int protection) {
        return new EventBuilder(EventType.symbol("SYSCALL_MPROTECT_X"), 1, 1)
                .number("res", 0)
                .number("prot", protection)
                .event();
    }

    private static Event event() {
        return new EventBuilder(EventType.symbol("SYSCALL_EXECVE_19_X"), 1, 1)
                .number("res", 0)
                .event();
    }
}
