// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HandInTest {
    @TempDir private Path folder = Path.of("");
    private final List<String> taken = new ArrayList<>();

    private boolean handIn(long bytes, int refuses) throws Exception {
        Path file = folder.resolve("file");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(bytes);
        }
        return HandIn.all(
                file,
                "ab",
                (query, part) -> {
                    taken.add(query + " " + part.length);
                    return taken.size() != refuses;
                });
    }

    @Test
    void aLargeFileGoesInParts() throws Exception {
        int part = HandIn.PART_BYTES;
        assertThat(handIn(2L * part + 1, 0)).isTrue();
        String total = "&total=" + (2L * part + 1) + "&sha256=ab ";
        assertThat(taken)
                .containsExactly(
                        "?offset=0" + total + part,
                        "?offset=" + part + total + part,
                        "?offset=" + 2L * part + total + 1);
    }

    @Test
    void anEmptyOneIsHandedInToo() throws Exception {
        assertThat(handIn(0, 0)).isTrue();
        assertThat(taken).containsExactly("?offset=0&total=0&sha256=ab 0");
    }

    @Test
    void oneThatIsTooLargeStaysWhereItIs() throws Exception {
        assertThat(handIn(HandIn.MAX_BYTES + 1, 0)).isTrue();
        assertThat(taken).isEmpty();
    }

    @Test
    void aPartThatIsNotTakenEndsIt() throws Exception {
        assertThat(handIn(3L * HandIn.PART_BYTES, 2)).isFalse();
        assertThat(taken).hasSize(2);
    }

    @Test
    void aFileThatIsGoneIsAFault() {
        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> HandIn.all(folder.resolve("none"), "ab", (_, _) -> true))
                .isInstanceOf(IOException.class);
        assertThat(Files.exists(folder.resolve("none"))).isFalse();
    }
}
