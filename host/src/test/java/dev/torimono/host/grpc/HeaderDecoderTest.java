// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Blocks and texts are those of RFC 7541, appendix C, and what grpc-go sends. */
class HeaderDecoderTest {
    @Test
    void huffmanTextsOfTheStandardAreRead() throws IOException {
        assertThat(huffman("f1e3c2e5f23a6ba0ab90f4ff")).isEqualTo("www.example.com");
        assertThat(huffman("a8eb10649cbf")).isEqualTo("no-cache");
        assertThat(huffman("d07abe941054d444a8200595040b8166e082a62d1bff"))
                .isEqualTo("Mon, 21 Oct 2013 20:13:21 GMT");
    }

    @Test
    void statusComesFromTheTableOrFromALiteral() throws IOException {
        assertThat(decode("88")).containsEntry(":status", "200");
        assertThat(decode("8d")).containsEntry(":status", "404");
        assertThat(decode("4803333032")).containsEntry(":status", "302");
        assertThat(decode("0803353033")).containsEntry(":status", "503");
    }

    @Test
    void trailersOfACallAreRead() throws IOException {
        // grpc-status: 5, grpc-message: gone, as literals without a table.
        String block = "000b677270632d7374617475730135" + "000c677270632d6d65737361676504676f6e65";
        assertThat(decode(block))
                .containsEntry("grpc-status", "5")
                .containsEntry("grpc-message", "gone");
    }

    @Test
    void tableThatWeRefusedIsAnError() {
        assertThatThrownBy(() -> decode("be")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> decode("3fe11f")).isInstanceOf(IOException.class);
    }

    @Test
    void hostileBlocksFailAndNothingElse() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            byte[] block = new byte[random.nextInt(40)];
            random.nextBytes(block);
            try {
                HeaderDecoder.decode(block);
            } catch (IOException refused) {
                assertThat(refused).hasMessageStartingWith("http2: ");
            }
        }
    }

    private static String huffman(String hex) throws IOException {
        byte[] bytes = HexFormat.of().parseHex(hex);
        return new String(Huffman.decode(bytes, 0, bytes.length), StandardCharsets.US_ASCII);
    }

    private static java.util.Map<String, String> decode(String hex) throws IOException {
        return HeaderDecoder.decode(HexFormat.of().parseHex(hex));
    }
}
