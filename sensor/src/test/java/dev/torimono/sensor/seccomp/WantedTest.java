// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.seccomp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.model.Demand;
import dev.torimono.model.EventType;
import dev.torimono.model.FdKind;
import dev.torimono.model.Interest;
import dev.torimono.model.Text;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WantedTest {
    private static final EventType OPEN = EventType.symbol("SYSCALL_OPENAT_2_X");
    private static final EventType DUP = EventType.symbol("SYSCALL_DUP2_X");
    private static final int READ = 1;
    private static final int WRITE = 2;

    private static BitSet types(EventType... types) {
        BitSet set = new BitSet();
        for (EventType type : types) {
            set.set(type.code());
        }
        return set;
    }

    private static Interest opens(int modes, int outcomes, Interest.@Nullable Paths paths) {
        return new Interest(
                types(OPEN), modes, outcomes, Interest.ANY_PLACE, Interest.ANY_KIND, paths);
    }

    private static Wanted wanted(Interest... interests) {
        return new Wanted(new Demand(types(OPEN, DUP), false, List.of(interests)));
    }

    private static boolean writes(Wanted wanted, String path) {
        return wanted.open(OPEN, WRITE, true, Text.of(path));
    }

    @Test
    void typeThatNoInterestConcernsIsWantedWhole() {
        Wanted wanted = wanted();
        assertThat(wanted.open(OPEN, READ, false, Text.of("/x"))).isTrue();
        assertThat(wanted.fd(DUP, 1 << FdKind.FIFO.code())).isTrue();
    }

    @Test
    void typeThatNobodyNamesIsNotWanted() {
        assertThat(Wanted.NOTHING.open(OPEN, WRITE, true, Text.of("/x"))).isFalse();
        assertThat(Wanted.NOTHING.fd(DUP, Interest.ANY_KIND)).isFalse();
        assertThat(Wanted.NOTHING.any(OPEN)).isFalse();
    }

    @Test
    void modeAndOutcomeAreOneInterests() {
        Wanted wanted = wanted(opens(Interest.OPEN_WRITE, Interest.SUCCEEDED, null));
        assertThat(wanted.open(OPEN, WRITE, true, Text.of("/x"))).isTrue();
        assertThat(wanted.open(OPEN, WRITE, false, Text.of("/x"))).isFalse();
        assertThat(wanted.open(OPEN, READ, true, Text.of("/x"))).isFalse();
    }

    @Test
    void anyPartOfThePathAdmitsIt() {
        Interest.Paths paths =
                new Interest.Paths(
                        Set.of("/etc/shadow"),
                        Set.of("/root/."),
                        Set.of("/usr/bin", "/"),
                        Set.of("kinsing"),
                        Set.of("_key"));
        Wanted wanted = wanted(opens(Interest.ANY_MODE, Interest.ANY_OUTCOME, paths));
        for (String path :
                List.of(
                        "/etc/shadow",
                        "/root/.ssh/x",
                        "/usr/bin/new",
                        "/in-the-root",
                        "/tmp/kinsing",
                        "kinsing",
                        "/a/my_keys/b")) {
            assertThat(writes(wanted, path)).as(path).isTrue();
        }
        for (String path :
                List.of(
                        "/etc/shadow2",
                        "/root/x",
                        "/usr/bin/a/b",
                        "/tmp/kinsing2",
                        "/tmp/kinsing/x",
                        "/a/_ke",
                        "")) {
            assertThat(writes(wanted, path)).as(path).isFalse();
        }
    }

    @Test
    void emptyPrefixAdmitsEveryPath() {
        Interest.Paths paths =
                new Interest.Paths(Set.of(), Set.of(""), Set.of(), Set.of(), Set.of());
        Wanted wanted = wanted(opens(Interest.ANY_MODE, Interest.ANY_OUTCOME, paths));
        assertThat(writes(wanted, "/x")).isTrue();
        assertThat(writes(wanted, "")).isTrue();
    }

    @Test
    void fdsAreWantedByTheirKind() {
        Interest sockets =
                new Interest(
                        types(DUP),
                        Interest.ANY_MODE,
                        Interest.ANY_OUTCOME,
                        Interest.ANY_PLACE,
                        1 << FdKind.IPV4_SOCK.code(),
                        null);
        Wanted wanted = wanted(sockets);
        assertThat(wanted.fd(DUP, 1 << FdKind.IPV4_SOCK.code())).isTrue();
        assertThat(wanted.fd(DUP, Interest.ANY_KIND)).isTrue();
        assertThat(wanted.fd(DUP, 1 << FdKind.FIFO.code())).isFalse();
    }

    private static WaitingOpens waiting(int modes, int outcomes, int kinds) {
        Interest interest =
                new Interest(types(OPEN), modes, outcomes, Interest.ANY_PLACE, kinds, null);
        return Wanted.opens(new Demand(types(OPEN, DUP), false, List.of(interest)));
    }

    @Test
    void noMoreOpensWaitThanRulesCanWant() {
        int files = 1 << FdKind.FILE_V2.code();
        int read = Interest.OPEN_READ;
        int good = Interest.SUCCEEDED;
        assertThat(waiting(read, good, files)).isEqualTo(WaitingOpens.FILES);
        assertThat(waiting(Interest.OPEN_WRITE, good, Interest.ANY_KIND))
                .isEqualTo(WaitingOpens.WRITES);
        assertThat(waiting(read, good, Interest.ANY_KIND)).isEqualTo(WaitingOpens.ALL);
        assertThat(waiting(read, Interest.ANY_OUTCOME, files)).isEqualTo(WaitingOpens.ALL);
        EventType creat = EventType.symbol("SYSCALL_CREAT_X");
        assertThat(Wanted.opens(new Demand(types(creat), false))).isEqualTo(WaitingOpens.WRITES);
        assertThat(Wanted.opens(new Demand(types(DUP), false))).isEqualTo(WaitingOpens.WRITES);
        assertThat(Wanted.opens(new Demand(types(OPEN), false)))
                .as("wanted whole")
                .isEqualTo(WaitingOpens.ALL);
    }
}
