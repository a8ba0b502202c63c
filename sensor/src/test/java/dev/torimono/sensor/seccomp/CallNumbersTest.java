// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.seccomp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Our numbers of calls against those of the kernel's headers, for each machine by its own. */
class CallNumbersTest {
    private static final Pattern NUMBER =
            Pattern.compile(
                    "#define\\s+__NR(?:3264)?_(\\w+)\\s+(?:\\(__NR_SYSCALL_BASE\\s*\\+\\s*)?(\\d+)\\)?");

    /** 32-bit machines kept the calls with ids of 16 bits by the old names. */
    private static final Set<String> WIDE_IDS =
            Set.of(
                    "chown",
                    "lchown",
                    "fchown",
                    "setuid",
                    "setgid",
                    "setreuid",
                    "setregid",
                    "setresuid",
                    "setresgid");

    private static final int FCHMODAT2 = 452;

    private static Map<String, Integer> header(String name) throws IOException {
        Path header = Path.of("/usr", name.split("/"));
        assumeTrue(Files.exists(header), "no " + header);
        Map<String, Integer> numbers = new HashMap<>();
        for (String line : Files.readAllLines(header)) {
            Matcher found = NUMBER.matcher(line);
            if (found.lookingAt()) {
                numbers.put(found.group(1), Integer.parseInt(found.group(2)));
            }
        }
        assertThat(numbers).hasSizeGreaterThan(250);
        return numbers;
    }

    private static String called(NotifiedCall call, boolean narrow) {
        String name = call.type().name();
        if (call.x86() == FCHMODAT2) {
            return "fchmodat2";
        }
        if (call.plan().equals(NotifiedCall.SOCKETCALL)) {
            return "socketcall";
        }
        boolean old = call.x86() < 0 && call.arm64() < 0;
        return narrow && !old && WIDE_IDS.contains(name) ? name + "32" : name;
    }

    @ParameterizedTest
    @CsvSource({
        "include/x86_64-linux-gnu/asm/unistd_64.h, 0xC000003E",
        "include/x86_64-linux-gnu/asm/unistd_32.h, 0x40000003",
        "include/asm-generic/unistd.h, 0xC00000B7",
        "arm-linux-gnueabihf/include/asm/unistd-eabi.h, 0x40000028"
    })
    void everyNumberIsTheKernels(String header, String machine) throws IOException {
        Map<String, Integer> numbers = header(header);
        int arch = Long.decode(machine).intValue();
        List<NotifiedCall> calls = NotifiedCall.ALL;
        for (NotifiedCall call : calls) {
            String name = called(call, NotifiedCall.is32Bit(arch));
            // Newer than the header.
            if (call.number(arch) < FCHMODAT2 && !(call.number(arch) < 0 && call.x86() < 0)) {
                assertThat(numbers.getOrDefault(name, -1)).as(name).isEqualTo(call.number(arch));
            }
        }
    }
}
