// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.grpc;

import static dev.torimono.host.grpc.FakeServer.answer;
import static dev.torimono.host.grpc.FakeServer.frame;
import static dev.torimono.host.grpc.FakeServer.join;
import static dev.torimono.host.grpc.FakeServer.message;
import static dev.torimono.host.grpc.FakeServer.trailers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrpcConnectionTest {
    private static final byte[] OK = {(byte) 0x88};

    @TempDir private Path folder;

    @Test
    void callsFollowEachOtherOnOneConnection() throws IOException {
        try (FakeServer server = serve(stream -> answer(stream, new byte[] {(byte) stream}));
                GrpcConnection connection = open()) {
            assertThat(call(connection)).containsExactly(1);
            assertThat(call(connection)).containsExactly(3);
            assertThat(server.paths().getFirst()).contains("/a.B/C", "application/grpc");
        }
    }

    @Test
    void answerInManyFramesWithPaddingAndPingsIsPutTogether() throws IOException {
        byte[] content = new byte[100_000];
        new Random(3).nextBytes(content);
        byte[] framed = message(content);
        IntFunction<byte[]> answers =
                stream -> {
                    byte[] all = frame(Frame.HEADERS, Frame.END_HEADERS, stream, OK);
                    for (int at = 0; at < framed.length; at += 9_000) {
                        byte[] part =
                                Arrays.copyOfRange(framed, at, Math.min(at + 9_000, framed.length));
                        byte[] padded = join(new byte[] {3}, part, new byte[3]);
                        all =
                                join(
                                        all,
                                        frame(Frame.PING, 0, 0, new byte[8]),
                                        frame(Frame.DATA, Frame.PADDED, stream, padded));
                    }
                    return join(all, trailers(stream, 0));
                };
        try (FakeServer server = serve(answers);
                GrpcConnection connection = open()) {
            assertThat(call(connection)).isEqualTo(content);
            assertThat(server.types()).contains(Frame.WINDOW_UPDATE);
        }
    }

    @Test
    void refusalIsToldWithItsStatusAndLeavesTheConnectionUsable() throws IOException {
        try (FakeServer _ = serve(stream -> FakeServer.refusal(stream, stream == 1 ? 5 : 12));
                GrpcConnection connection = open()) {
            assertThatThrownBy(() -> call(connection))
                    .isInstanceOfSatisfying(
                            GrpcException.class, e -> assertThat(e.notFound()).isTrue());
            assertThatThrownBy(() -> call(connection))
                    .isInstanceOfSatisfying(
                            GrpcException.class, e -> assertThat(e.unimplemented()).isTrue());
        }
    }

    @Test
    void streamGivesOneMessageAfterTheOther() throws IOException {
        IntFunction<byte[]> answers =
                stream ->
                        join(
                                frame(Frame.HEADERS, Frame.END_HEADERS, stream, OK),
                                frame(
                                        Frame.DATA,
                                        0,
                                        stream,
                                        join(message(new byte[] {1}), message(new byte[] {2}))));
        try (FakeServer _ = serve(answers);
                GrpcConnection connection = open()) {
            connection.begin("/a.B/Stream", Map.of(), new byte[0]);
            assertThat(connection.next(5_000)).containsExactly(1);
            assertThat(connection.next(5_000)).containsExactly(2);
            assertThat(connection.next(20)).isNull();
            assertThat(connection.ended()).isFalse();
        }
    }

    @Test
    void hostileAnswersFailWithAMessage() throws IOException {
        byte[] huge = {0, 0x7F, 0, 0, 0};
        byte[] compressed = {1, 0, 0, 0, 1, 9};
        List<IntFunction<byte[]>> answers =
                List.of(
                        stream -> frame(Frame.DATA, 0, stream, huge),
                        stream -> frame(Frame.DATA, 0, stream, compressed),
                        stream -> frame(Frame.DATA, Frame.PADDED, stream, new byte[] {9}),
                        stream -> frame(Frame.RST_STREAM, 0, stream, new byte[4]),
                        stream -> frame(Frame.GOAWAY, 0, 0, new byte[8]),
                        stream -> frame(Frame.HEADERS, 0, stream, OK),
                        stream ->
                                frame(
                                        Frame.HEADERS,
                                        Frame.END_HEADERS,
                                        stream,
                                        new byte[] {(byte) 0x8D}),
                        stream -> new byte[] {(byte) 0xFF, 0, 0, 0, 0, 0, 0, 0, 1},
                        stream -> new byte[] {72, 84, 84, 80, 47, 49, 46, 49, 32, 52, 48, 48});
        for (IntFunction<byte[]> answer : answers) {
            try (FakeServer _ = serve(answer);
                    GrpcConnection connection = open()) {
                assertThatThrownBy(() -> call(connection)).isInstanceOf(IOException.class);
            }
            java.nio.file.Files.delete(socket());
        }
    }

    @Test
    void silenceEndsACall() throws IOException {
        try (FakeServer _ = serve(stream -> new byte[0]);
                GrpcConnection connection = open()) {
            assertThatThrownBy(() -> connection.call("/a.B/C", Map.of(), new byte[0], 50))
                    .hasMessageContaining("no answer in 50 ms");
        }
    }

    private Path socket() {
        return folder.resolve("s");
    }

    private FakeServer serve(IntFunction<byte[]> answers) throws IOException {
        return new FakeServer(socket(), (stream, headers, request) -> answers.apply(stream));
    }

    private GrpcConnection open() throws IOException {
        return GrpcConnection.open(socket());
    }

    private static byte[] call(GrpcConnection connection) throws IOException {
        return connection.call("/a.B/C", Map.of(), new byte[] {7}, 5_000);
    }
}
