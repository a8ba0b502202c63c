// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.seccomp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.model.Demand;
import dev.torimono.model.EventType;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class FilterProgramTest {
    private static final int X86 = NotifiedCall.ARCH_X86_64;
    private static final int ARM = NotifiedCall.ARCH_ARM64;
    private static final int O_RDONLY = 0;
    private static final int O_WRONLY = 1;
    private static final int O_CREAT = 0100;
    private static final int O_CLOEXEC = 02000000;

    private static List<NotifiedCall> wanted(String... symbols) {
        BitSet types = new BitSet();
        for (String symbol : symbols) {
            types.set(EventType.symbol(symbol).code());
        }
        return NotifiedCall.wanted(new Demand(types, false));
    }

    private static byte[] opens(int arch, WaitingOpens which) {
        return FilterProgram.of(
                wanted("SYSCALL_OPEN_X", "SYSCALL_OPENAT_2_X", "SYSCALL_OPENAT2_X"), arch, which);
    }

    @Test
    void onlyWantedCallsWait() {
        byte[] filter = opens(X86, WaitingOpens.ALL);
        assertThat(Bpf.run(filter, X86, 257)).isEqualTo(Bpf.NOTIFY);
        for (int call : new int[] {0, 1, 3, 42, 87, 231}) {
            assertThat(Bpf.run(filter, X86, call)).as("call %d", call).isEqualTo(Bpf.ALLOW);
        }
    }

    @Test
    void execsAlwaysWait() {
        byte[] filter = FilterProgram.of(wanted(), X86, WaitingOpens.WRITES);
        assertThat(Bpf.run(filter, X86, 59)).isEqualTo(Bpf.NOTIFY);
        assertThat(Bpf.run(filter, X86, 322)).isEqualTo(Bpf.NOTIFY);
        assertThat(Bpf.run(filter, X86, 257, 0, 0, O_WRONLY)).isEqualTo(Bpf.ALLOW);
    }

    @Test
    void opensForReadingPassWhereOnlyWritesAreSeen() {
        byte[] filter = opens(X86, WaitingOpens.WRITES);
        assertThat(Bpf.run(filter, X86, 257, 0, 0, O_RDONLY | O_CLOEXEC)).isEqualTo(Bpf.ALLOW);
        assertThat(Bpf.run(filter, X86, 2, 0, O_RDONLY)).isEqualTo(Bpf.ALLOW);
        assertThat(Bpf.run(filter, X86, 257, 0, 0, O_WRONLY)).isEqualTo(Bpf.NOTIFY);
        assertThat(Bpf.run(filter, X86, 257, 0, 0, O_RDONLY | O_CREAT)).isEqualTo(Bpf.NOTIFY);
        assertThat(Bpf.run(filter, X86, 2, 0, O_CREAT)).isEqualTo(Bpf.NOTIFY);
        // Its flags lie in memory, where a filter cannot look.
        assertThat(Bpf.run(filter, X86, 437, 0, 0, O_RDONLY)).isEqualTo(Bpf.NOTIFY);
    }

    @Test
    void whatMustBeAFolderPassesWhereOnlyFilesAreRead() {
        byte[] filter = opens(X86, WaitingOpens.FILES);
        assertThat(Bpf.run(filter, X86, 257, 0, 0, O_RDONLY)).isEqualTo(Bpf.NOTIFY);
        assertThat(Bpf.run(filter, X86, 257, 0, 0, 0200000 | O_CLOEXEC)).isEqualTo(Bpf.ALLOW);
        // A file without a name, and what fails in any case.
        assertThat(Bpf.run(filter, X86, 257, 0, 0, 020200000 | O_WRONLY)).isEqualTo(Bpf.NOTIFY);
        assertThat(Bpf.run(filter, X86, 2, 0, 0200000 | O_CREAT)).isEqualTo(Bpf.NOTIFY);
        assertThat(Bpf.run(filter, X86, 437, 0, 0, 0200000)).isEqualTo(Bpf.NOTIFY);
        byte[] arm = opens(ARM, WaitingOpens.FILES);
        assertThat(Bpf.run(arm, ARM, 56, 0, 0, 040000)).isEqualTo(Bpf.ALLOW);
        assertThat(Bpf.run(arm, ARM, 56, 0, 0, 0200000)).as("O_DIRECT").isEqualTo(Bpf.NOTIFY);
    }

    @Test
    void oldDoorOfSocketsIsWatchedForConnectsOnly() {
        byte[] filter = FilterProgram.of(wanted("SOCKET_CONNECT_X"), X86, WaitingOpens.WRITES);
        int ia32 = NotifiedCall.ARCH_I386;
        assertThat(Bpf.run(filter, ia32, 102, 3)).isEqualTo(Bpf.NOTIFY);
        assertThat(Bpf.run(filter, ia32, 102, 1)).isEqualTo(Bpf.ALLOW);
        assertThat(Bpf.run(filter, ia32, 362)).isEqualTo(Bpf.NOTIFY);
        assertThat(Bpf.run(filter, X86, 102, 3)).as("getuid").isEqualTo(Bpf.ALLOW);
    }

    @Test
    void tasksThatNameThemselvesWaitAndOtherUsesOfThatCallDoNot() {
        byte[] filter = FilterProgram.of(wanted(), X86, WaitingOpens.WRITES);
        assertThat(Bpf.run(filter, X86, 157, 15)).isEqualTo(Bpf.NOTIFY);
        assertThat(Bpf.run(filter, X86, 157, 38)).isEqualTo(Bpf.ALLOW);
    }

    @Test
    void ringsOfCallsAndForeignNumbersDoNotExist() {
        byte[] filter = opens(X86, WaitingOpens.WRITES);
        assertThat(Bpf.run(filter, X86, 425)).isEqualTo(Bpf.NO_SUCH_CALL);
        assertThat(Bpf.run(filter, X86, 0x40000000 | 59)).isEqualTo(Bpf.NO_SUCH_CALL);
        assertThat(Bpf.run(filter, 0x12345678, 59)).isEqualTo(Bpf.NO_SUCH_CALL);
    }

    @Test
    void programsOf32BitsHaveTheirOwnNumbers() {
        byte[] filter = opens(X86, WaitingOpens.WRITES);
        assertThat(Bpf.run(filter, NotifiedCall.ARCH_I386, 11)).isEqualTo(Bpf.NOTIFY);
        assertThat(Bpf.run(filter, NotifiedCall.ARCH_I386, 5, 0, O_WRONLY)).isEqualTo(Bpf.NOTIFY);
        assertThat(Bpf.run(filter, NotifiedCall.ARCH_I386, 59)).isEqualTo(Bpf.ALLOW);
        assertThat(Bpf.run(filter, NotifiedCall.ARCH_I386, 425)).isEqualTo(Bpf.NO_SUCH_CALL);
    }

    @Test
    void armHasItsNumbers() {
        byte[] filter = opens(ARM, WaitingOpens.WRITES);
        assertThat(Bpf.run(filter, ARM, 221)).isEqualTo(Bpf.NOTIFY);
        assertThat(Bpf.run(filter, ARM, 56, 0, 0, O_WRONLY)).isEqualTo(Bpf.NOTIFY);
        assertThat(Bpf.run(filter, ARM, 56, 0, 0, O_RDONLY)).isEqualTo(Bpf.ALLOW);
        assertThat(Bpf.run(filter, ARM, 0x40000000 | 221)).isEqualTo(Bpf.ALLOW);
        assertThat(Bpf.run(filter, NotifiedCall.ARCH_ARM, 11)).isEqualTo(Bpf.NOTIFY);
        assertThat(Bpf.run(filter, NotifiedCall.ARCH_ARM, 322, 0, 0, O_WRONLY))
                .isEqualTo(Bpf.NOTIFY);
    }

    @Test
    void everythingAtOnceFitsTheKernelsLimit() {
        byte[] filter =
                FilterProgram.of(NotifiedCall.wanted(Demand.everything()), X86, WaitingOpens.ALL);
        assertThat(filter.length / 8).isLessThan(4096);
    }

    /** What launcher and keeper need on their way must never wait for anybody. */
    @Test
    void callsOfLauncherAndKeeperNeverWait() {
        byte[] filter =
                FilterProgram.of(NotifiedCall.wanted(Demand.everything()), X86, WaitingOpens.ALL);
        for (int call : new int[] {0, 1, 3, 7, 16, 60, 61, 202, 231, 271, 293}) {
            assertThat(Bpf.run(filter, X86, call)).as("call %d", call).isEqualTo(Bpf.ALLOW);
        }
    }
}
