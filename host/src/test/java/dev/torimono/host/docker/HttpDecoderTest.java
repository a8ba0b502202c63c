// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HttpDecoderTest {
    private static final String CHUNKED =
            """
            HTTP/1.1 200 OK
            Transfer-Encoding: chunked

            5
            hello
            1;x=y
            ,
            6
             world
            0

            """
                    .replace("\n", "\r\n");

    private final HttpDecoder decoder = new HttpDecoder(100);

    @Test
    void chunksAreJoined() throws IOException {
        assertThat(decode(CHUNKED)).isEqualTo("hello, world");
        assertThat(decoder.status()).isEqualTo(200);
        assertThat(decoder.done()).isTrue();
    }

    @Test
    void everyByteMayArriveAlone() throws IOException {
        for (byte b : CHUNKED.getBytes(StandardCharsets.US_ASCII)) {
            decoder.feed(ByteBuffer.wrap(new byte[] {b}));
        }
        assertThat(new String(decoder.take(), StandardCharsets.US_ASCII)).isEqualTo("hello, world");
    }

    @Test
    void countedBodyEndsByItself() throws IOException {
        assertThat(decode("HTTP/1.1 404 No\r\nContent-Length: 3\r\n\r\nabcREST")).isEqualTo("abc");
        assertThat(decoder.done()).isTrue();
        assertThat(decoder.status()).isEqualTo(404);
    }

    @Test
    void bodyWithoutLengthEndsWithTheConnection() throws IOException {
        assertThat(decode("HTTP/1.0 200 OK\r\n\r\nabc")).isEqualTo("abc");
        assertThat(decoder.done()).isFalse();
        decoder.end();
        assertThat(decoder.done()).isTrue();
    }

    @Test
    void interimResponseIsPassedOver() throws IOException {
        String text = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx";
        assertThat(decode(text)).isEqualTo("x");
    }

    @Test
    void bodyBeyondTheLimitIsRefused() {
        String large = "HTTP/1.1 200 OK\r\nContent-Length: 200\r\n\r\n" + "x".repeat(200);
        assertThatThrownBy(() -> decode(large)).hasMessageContaining("exceeds 100 bytes");
    }

    @Test
    void endInsideTheResponseIsAFailure() throws IOException {
        decode("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab");
        assertThatThrownBy(decoder::end).isInstanceOf(IOException.class);
    }

    @Test
    void garbageFailsAsIoExceptionOnly() {
        Random random = new Random(11);
        int refused = 0;
        for (int round = 0; round < 5_000; round++) {
            byte[] bytes = CHUNKED.getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < 4; i++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(128);
            }
            try {
                new HttpDecoder(100).feed(ByteBuffer.wrap(bytes));
            } catch (IOException e) {
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }

    private String decode(String text) throws IOException {
        decoder.feed(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
        return new String(decoder.take(), StandardCharsets.US_ASCII);
    }
}
