// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.seccomp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.model.Demand;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The whole filter, number by number: what the kernel would be answered for every call of every
 * machine, whether we run on that machine or not.
 */
class FilterVerdictTest {
    /** Beyond the last call of any kernel. */
    private static final int NUMBERS = 1024;

    private static final int X32_BIT = 0x40000000;
    private static final int O_WRONLY = 1;

    private static byte[] filter(String arch, WaitingOpens opens) {
        List<NotifiedCall> calls = NotifiedCall.wanted(Demand.everything());
        return FilterProgram.of(calls, arch(arch), opens);
    }

    private static int arch(String name) {
        return switch (name) {
            case "x86-64" -> NotifiedCall.ARCH_X86_64;
            case "ia32" -> NotifiedCall.ARCH_I386;
            case "arm64" -> NotifiedCall.ARCH_ARM64;
            case "arm32" -> NotifiedCall.ARCH_ARM;
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static int expected(int arch, int number, boolean writes, WaitingOpens opens) {
        if (number == NotifiedCall.IO_URING_SETUP) {
            return Bpf.NO_SUCH_CALL;
        }
        for (NotifiedCall call : NotifiedCall.ALL) {
            if (call.number(arch) == number) {
                String kind = call.type().symbol();
                // Flags of openat2 lie in memory, creat writes always.
                boolean flags = kind.equals("SYSCALL_OPEN_X") || kind.equals("SYSCALL_OPENAT_2_X");
                boolean wanted =
                        call.first() < 0 && (!flags || writes || opens != WaitingOpens.WRITES);
                return wanted ? Bpf.NOTIFY : Bpf.ALLOW;
            }
        }
        return Bpf.ALLOW;
    }

    private static void everyNumber(String machine, String program, WaitingOpens opens) {
        byte[] filter = filter(machine, opens);
        int arch = arch(program);
        for (int number = 0; number < NUMBERS; number++) {
            for (boolean writes : new boolean[] {false, true}) {
                long flags = writes ? O_WRONLY : 0;
                assertThat(Bpf.run(filter, arch, number, 0, flags, flags))
                        .as("%s call %d, writes %s", program, number, writes)
                        .isEqualTo(expected(arch, number, writes, opens));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"x86-64,x86-64", "x86-64,ia32", "arm64,arm64", "arm64,arm32"})
    void everyCallHasItsVerdict(String machine, String program) {
        for (WaitingOpens opens : WaitingOpens.values()) {
            everyNumber(machine, program, opens);
        }
    }

    @ParameterizedTest
    @CsvSource({"x86-64", "arm64"})
    void tasksThatNameThemselvesWait(String machine) {
        NotifiedCall rename =
                NotifiedCall.ALL.stream().filter(NotifiedCall::isRename).findFirst().orElseThrow();
        int arch = arch(machine);
        for (int option = 0; option < 80; option++) {
            assertThat(
                            Bpf.run(
                                    filter(machine, WaitingOpens.WRITES),
                                    arch,
                                    rename.number(arch),
                                    option))
                    .as("option %d", option)
                    .isEqualTo(option == 15 ? Bpf.NOTIFY : Bpf.ALLOW);
        }
    }

    @ParameterizedTest
    @CsvSource({"x86-64", "arm64"})
    void numbersOfOtherMachinesDoNotExist(String machine) {
        byte[] filter = filter(machine, WaitingOpens.ALL);
        for (String other : List.of("x86-64", "ia32", "arm64", "arm32")) {
            int arch = arch(other);
            if (arch != arch(machine) && arch != NotifiedCall.compat(arch(machine))) {
                for (int number = 0; number < NUMBERS; number++) {
                    assertThat(Bpf.run(filter, arch, number)).isEqualTo(Bpf.NO_SUCH_CALL);
                }
            }
        }
    }

    @org.junit.jupiter.api.Test
    void noCallOfX32Exists() {
        byte[] filter = filter("x86-64", WaitingOpens.ALL);
        for (int number = 0; number < NUMBERS; number++) {
            assertThat(Bpf.run(filter, NotifiedCall.ARCH_X86_64, X32_BIT | number))
                    .isEqualTo(Bpf.NO_SUCH_CALL);
        }
    }
}
