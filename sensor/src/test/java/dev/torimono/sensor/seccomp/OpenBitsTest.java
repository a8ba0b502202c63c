// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.seccomp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Flags of open against those of the kernel's headers, for each machine by its own. */
class OpenBitsTest {
    /** What a machine does not define is as the generic header has it. */
    private static int bit(Path folder, String name) throws IOException {
        Path generic = Path.of("/usr/include/asm-generic/fcntl.h");
        for (Path header : new Path[] {folder.resolve("asm/fcntl.h"), generic}) {
            Matcher found =
                    Pattern.compile("#define " + name + "\\s+(0\\d+)")
                            .matcher(Files.readString(header));
            if (found.find()) {
                return Integer.parseInt(found.group(1), 8);
            }
        }
        throw new AssertionError("no " + name + " in " + folder);
    }

    @ParameterizedTest
    @CsvSource({
        "aarch64-linux-gnu, 0xC00000B7",
        "arm-linux-gnueabihf, 0x40000028",
        "x86_64-linux-gnu, 0xC000003E",
        "x86_64-linux-gnu, 0x40000003"
    })
    void everyBitIsTheKernels(String triplet, String machine) throws IOException {
        Path own = Path.of("/usr/include", triplet);
        Path folder = Files.exists(own) ? own : Path.of("/usr", triplet, "include");
        assumeTrue(Files.exists(folder.resolve("asm/fcntl.h")), "no headers of " + triplet);
        OpenBits bits = OpenBits.of(Long.decode(machine).intValue());
        assertThat(bits)
                .isEqualTo(
                        new OpenBits(
                                bit(folder, "O_DIRECTORY"),
                                bit(folder, "O_NOFOLLOW"),
                                bit(folder, "O_DIRECT"),
                                bit(folder, "O_LARGEFILE")));
        assertThat(bits.tmpFile()).isEqualTo(bit(folder, "__O_TMPFILE") | bits.directory());
    }
}
