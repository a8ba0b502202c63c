// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.seccomp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher's file, as the kernel reads it when it is executed. */
class LauncherFileTest {
    private static final int LOAD = 1;
    private static final int HEADER_BYTES = 56;

    /** Of arm64; other pages are smaller. */
    private static final long LARGEST_PAGE = 0x10000;

    /**
     * Before 6.7 the kernel maps the file's page in front of such a segment: where the file is too
     * short for that, as on arm64, the program ends by SIGSEGV before its first instruction.
     */
    @ParameterizedTest
    @ValueSource(strings = {"x86_64", "aarch64"})
    void memoryThatIsNotInTheFileBeginsWithAPage(String machine) throws IOException {
        try (InputStream in = LauncherFileTest.class.getResourceAsStream("launch-" + machine)) {
            assumeTrue(in != null, "no launcher for " + machine + " was built");
            ByteBuffer file = ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
            int empty = 0;
            for (int i = 0; i < file.getShort(56); i++) {
                int at = (int) file.getLong(32) + i * HEADER_BYTES;
                if (file.getInt(at) == LOAD && file.getLong(at + 32) == 0) {
                    assertThat(file.getLong(at + 16) % LARGEST_PAGE).isZero();
                    empty++;
                }
            }
            assertThat(empty).isEqualTo(1);
        }
    }
}
