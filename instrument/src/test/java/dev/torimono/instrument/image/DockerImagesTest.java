// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.instrument.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.torimono.instrument.InstrumentException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DockerImagesTest {
    @TempDir private Path folder;

    /** Answers one request and hands out what was asked. */
    private CompletableFuture<String> answering(Path socket, String answer) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        CompletableFuture<String> asked = new CompletableFuture<>();
        Thread.ofPlatform()
                .daemon()
                .start(
                        () -> {
                            try (server;
                                    SocketChannel client = server.accept()) {
                                ByteBuffer request = ByteBuffer.allocate(4096);
                                client.read(request);
                                client.write(
                                        ByteBuffer.wrap(answer.getBytes(StandardCharsets.UTF_8)));
                                asked.complete(
                                        StandardCharsets.UTF_8.decode(request.flip()).toString());
                            } catch (IOException e) {
                                asked.completeExceptionally(e);
                            }
                        });
        return asked;
    }

    @Test
    void entryPointAndCommandComeFromTheImagesConfig() throws IOException {
        Path socket = folder.resolve("s");
        CompletableFuture<String> asked =
                answering(
                        socket,
                        "HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n"
                                + "{\"Id\":\"sha256:ab\",\"Config\":{\"Entrypoint\":[\"/e\"],"
                                + "\"Cmd\":null}}");
        ImageLookup.Start start = new DockerImages(socket).find("shop/a:1").orElseThrow();
        assertThat(start.entryPoint()).isEqualTo(List.of("/e"));
        assertThat(start.command()).isEmpty();
        assertThat(start.where()).contains("sha256:ab");
        assertThat(asked.join()).startsWith("GET /images/shop%2Fa%3A1/json HTTP/1.0\r\n");
    }

    @Test
    void imageThatIsNotThereIsUnknown() throws IOException {
        Path socket = folder.resolve("s");
        CompletableFuture<String> asked =
                answering(socket, "HTTP/1.0 404 Not Found\r\n\r\n{\"message\":\"no\"}");
        assertThat(new DockerImages(socket).find("a")).isEmpty();
        assertThat(asked.join()).startsWith("GET /images/a/json ");
    }

    @Test
    void withoutDockerNothingIsKnown() {
        assertThat(new DockerImages(folder.resolve("absent")).find("a")).isEmpty();
    }

    @Test
    void nonsenseIsAnErrorThatNamesTheSocket() throws IOException {
        Path socket = folder.resolve("s");
        CompletableFuture<String> asked = answering(socket, "HTTP/1.0 200 OK\r\n\r\n{\"Config\":");
        assertThatThrownBy(() -> new DockerImages(socket).find("a"))
                .isInstanceOf(InstrumentException.class)
                .hasMessageStartingWith(socket + ": cannot be asked about a: ");
        assertThat(asked.join()).startsWith("GET ");
    }
}
