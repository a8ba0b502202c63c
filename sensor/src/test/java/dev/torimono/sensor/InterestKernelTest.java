// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.model.Demand;
import dev.torimono.model.Event;
import dev.torimono.model.EventType;
import dev.torimono.model.Extension;
import dev.torimono.model.FdKind;
import dev.torimono.model.Interest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What can matter is told, and of the rest hardly anything. */
@KernelTest
class InterestKernelTest {
    private static final EventType OPEN = EventType.symbol("SYSCALL_OPEN_X");
    private static final EventType DUP = EventType.symbol("SYSCALL_DUP_1_X");
    private static final int RDONLY = 1;
    private static final int WRONLY = 2;
    private static final int RDWR = 3;

    private static Interest interest(
            EventType type, int modes, int outcomes, int kinds, Interest.@Nullable Paths paths) {
        BitSet types = new BitSet();
        types.set(type.code());
        return new Interest(types, modes, outcomes, Interest.ANY_PLACE, kinds, paths);
    }

    private static Interest opens(Interest.@Nullable Paths paths) {
        return interest(OPEN, Interest.ANY_MODE, Interest.ANY_OUTCOME, Interest.ANY_KIND, paths);
    }

    private static Interest.Paths paths(
            Set<String> exact, Set<String> prefixes, Set<String> directories, Set<String> names) {
        return new Interest.Paths(exact, prefixes, directories, names, Set.of());
    }

    /**
     * Plays with an interest that is made for the scene's directory; returns the actor's events.
     */
    private static List<Event> told(EventType type, Interest... interests) throws Exception {
        return told(type, "filter", interests);
    }

    private static List<Event> told(EventType type, String name, Interest... interests)
            throws Exception {
        BitSet types = new BitSet();
        types.set(OPEN.code());
        types.set(DUP.code());
        Demand nothing = new Demand(types, false, List.of());
        try (Stage stage = new Stage(SensorConfig.DEFAULT, nothing)) {
            stage.sensor().subscribe(new Demand(types, false, List.of(interests)));
            Scene scene = stage.play(name);
            List<Event> told = new ArrayList<>(scene.all(type.symbol()));
            assertThat(stage.sensor().lostTotal()).isZero();
            return told;
        }
    }

    /** The given path and the access mode of each open. */
    private static List<String> describe(List<Event> opens) {
        return opens.stream()
                .map(e -> e.text(1).toString() + ":" + (e.number(2) & 3))
                .sorted()
                .toList();
    }

    @Test
    void withoutInterestsEverythingIsTold() throws Exception {
        assertThat(told(OPEN)).hasSize(18);
    }

    @Test
    void namesAreFoundWhateverTheDirectory() throws Exception {
        List<Event> told =
                told(OPEN, opens(paths(Set.of(), Set.of(), Set.of(), Set.of("secret", "syslog"))));
        assertThat(describe(told))
                .contains("secret:" + WRONLY, "secret:" + RDONLY, "secret:" + RDWR)
                .contains("log/syslog:" + RDONLY, "missing/secret:" + RDONLY)
                .doesNotContain("public:" + RDONLY, "log/other:" + RDONLY);
    }

    @Test
    void pathThatIsOnlyTextIsToldWhenItHasDots() throws Exception {
        List<Event> told =
                told(OPEN, opens(paths(Set.of("/no/such"), Set.of(), Set.of(), Set.of())));
        assertThat(describe(told)).containsExactly("./missing/public:" + RDONLY);
    }

    @Test
    void fragmentsAreFoundAnywhere() throws Exception {
        Interest.Paths fragment =
                new Interest.Paths(Set.of(), Set.of(), Set.of(), Set.of(), Set.of("id_rsa"));
        assertThat(describe(told(OPEN, opens(fragment))))
                .contains("ssh/id_rsa.pub:" + RDWR)
                .doesNotContain("secret:" + RDONLY);
    }

    @Test
    void prefixesAreFoundOfAnyLength() throws Exception {
        List<Event> none = told(OPEN, opens(paths(Set.of(), Set.of("/etc/"), Set.of(), Set.of())));
        assertThat(describe(none)).containsExactly("./missing/public:" + RDONLY);
        List<Event> all =
                told(OPEN, opens(paths(Set.of(), Set.of("/tmp/tori"), Set.of(), Set.of())));
        assertThat(all).hasSize(18);
    }

    @Test
    void otherNamesOfAFileAreFoundEachTime() throws Exception {
        List<Event> told =
                told(
                        OPEN,
                        "links",
                        opens(paths(Set.of(), Set.of(), Set.of(), Set.of("moved"))),
                        opens(paths(Set.of(), Set.of("/new"), Set.of(), Set.of())));
        assertThat(describe(told))
                .containsExactly(
                        "bound/moved:" + RDONLY,
                        "far/other:" + RDONLY,
                        "far/other:" + RDONLY,
                        "part/old:" + RDONLY);
    }

    @Test
    void modeAndOutcomeNarrow() throws Exception {
        List<Event> writes =
                told(
                        OPEN,
                        interest(
                                OPEN,
                                Interest.OPEN_WRITE,
                                Interest.SUCCEEDED,
                                Interest.ANY_KIND,
                                null));
        assertThat(writes).hasSize(5).allMatch(e -> (e.number(2) & 3) == WRONLY);
        List<Event> failures =
                told(
                        OPEN,
                        interest(
                                OPEN, Interest.ANY_MODE, Interest.FAILED, Interest.ANY_KIND, null));
        assertThat(failures).hasSize(2).allMatch(e -> e.number(0) < 0);
    }

    @Test
    void kindOfTheObjectNarrows() throws Exception {
        int pipes = 1 << FdKind.FIFO.code();
        List<Event> told =
                told(DUP, interest(DUP, Interest.ANY_MODE, Interest.ANY_OUTCOME, pipes, null));
        assertThat(told).hasSize(1);
    }

    @Test
    void eventIsToldWhenAnyInterestAdmitsIt() throws Exception {
        List<Event> told =
                told(
                        OPEN,
                        opens(paths(Set.of(), Set.of(), Set.of(), Set.of("syslog"))),
                        interest(
                                OPEN,
                                Interest.OPEN_READ_WRITE,
                                Interest.ANY_OUTCOME,
                                Interest.ANY_KIND,
                                paths(Set.of(), Set.of(), Set.of(), Set.of("secret"))));
        assertThat(describe(told))
                .contains("log/syslog:" + WRONLY, "log/syslog:" + RDONLY, "secret:" + RDWR)
                .doesNotContain("secret:" + RDONLY, "secret:" + WRONLY);
    }

    @Test
    void typeThatNoInterestConcernsIsToldWhole() throws Exception {
        assertThat(told(DUP, opens(paths(Set.of(), Set.of(), Set.of(), Set.of("x"))))).hasSize(2);
    }

    /** What cannot be told apart in a word or kept in the map is told whole. */
    @Test
    void moreInterestsOrPathsThanThereIsRoomForWiden() throws Exception {
        Interest[] many = new Interest[65];
        for (int i = 0; i < many.length; i++) {
            many[i] = opens(paths(Set.of(), Set.of(), Set.of(), Set.of("none" + i)));
        }
        assertThat(told(OPEN, many)).hasSize(18);
        Set<String> names = new HashSet<>();
        for (int i = 0; i < 20_000; i++) {
            names.add("none" + i);
        }
        assertThat(told(OPEN, opens(paths(Set.of(), Set.of(), Set.of(), names)))).hasSize(18);
    }

    @Test
    void hostIsLeftOutWhereOnlyContainersMatterOnceItIsKnown() throws Exception {
        BitSet types = new BitSet();
        types.set(OPEN.code());
        Interest inContainers =
                new Interest(
                        types,
                        Interest.ANY_MODE,
                        Interest.ANY_OUTCOME,
                        Interest.IN_CONTAINER,
                        Interest.ANY_KIND,
                        null);
        try (Stage stage =
                new Stage(SensorConfig.DEFAULT, new Demand(types, false, List.of(inContainers)))) {
            Event open = stage.play("filter").all(OPEN.symbol()).getFirst();
            long cgroup = open.u64At(open.extension(Extension.CONTEXT), 16);
            stage.sensor().place(cgroup, false);
            assertThat(stage.play("filter").all(OPEN.symbol())).isEmpty();
            stage.sensor().place(cgroup, true);
            assertThat(stage.play("filter").all(OPEN.symbol())).hasSize(18);
        }
    }

    /** The second open of a file is judged by what was found at the first. */
    @Test
    void placeThatWasMovedIsJudgedAgain() throws Exception {
        Interest moved = opens(paths(Set.of(), Set.of(), Set.of(), Set.of("moved")));
        assertThat(describe(told(OPEN, "moved", moved)))
                .containsExactly("d/moved:" + RDONLY, "d/moved:" + RDONLY, "moved:" + RDONLY);
        Interest directory =
                opens(new Interest.Paths(Set.of(), Set.of(), Set.of(), Set.of(), Set.of("/e/f")));
        // The last is a link to the first, which is its other name.
        assertThat(describe(told(OPEN, "moved", directory)))
                .containsExactly("e/first:" + RDONLY, "e/first:" + RDONLY, "moved:" + RDONLY);
    }

    @Test
    void changingTheDemandLosesNothingThatBothOldAndNewWant() throws Exception {
        BitSet types = new BitSet();
        types.set(OPEN.code());
        Interest wanted = opens(paths(Set.of(), Set.of(), Set.of(), Set.of("flood")));
        Interest other = opens(paths(Set.of(), Set.of(), Set.of(), Set.of("other")));
        Demand one = new Demand(types, false, List.of(wanted, other));
        Demand two = new Demand(types, false, List.of(other, wanted));
        try (Stage stage = new Stage(new SensorConfig(1 << 20, 1 << 24, true), one)) {
            Path directory = Files.createTempDirectory("torimono-");
            Process flood =
                    new ProcessBuilder(Actor.binary().toString(), "flood", directory.toString())
                            .start();
            for (int i = 0; flood.isAlive(); i++) {
                stage.sensor().subscribe(i % 2 == 0 ? two : one);
            }
            stage.await(e -> e.tid() == flood.pid() && e.type().symbol().equals("PROCEXIT_1_E"));
            Files.delete(directory.resolve("flood"));
            Files.delete(directory);
            assertThat(stage.sensor().lostTotal()).isZero();
            assertThat(stage.events())
                    .filteredOn(e -> e.type() == OPEN && e.tid() == flood.pid())
                    .hasSizeGreaterThanOrEqualTo(5000);
        }
    }

    @Test
    void whatIsLeftOutIsCounted() throws Exception {
        BitSet types = new BitSet();
        types.set(OPEN.code());
        Interest none = opens(paths(Set.of(), Set.of(), Set.of(), Set.of("no such name")));
        try (Stage stage =
                new Stage(SensorConfig.DEFAULT, new Demand(types, false, List.of(none)))) {
            long before = stage.sensor().leftOut();
            stage.play("filter");
            assertThat(stage.sensor().leftOut() - before).isGreaterThanOrEqualTo(17);
        }
    }
}
