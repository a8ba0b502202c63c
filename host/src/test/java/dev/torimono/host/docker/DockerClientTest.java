// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.torimono.host.container.RuntimeClient.Change;
import dev.torimono.model.Container;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DockerClientTest {
    private static final String ID = "0123456789abcdef".repeat(4);

    @TempDir Path folder;
    private FakeDocker docker;
    private DockerClient client;

    @BeforeEach
    void start() throws IOException {
        Path socket = folder.resolve("docker.sock");
        docker = new FakeDocker(socket).container(ID, "shop", "registry:5000/team/web:1.2");
        client = new DockerClient(socket, "docker");
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        docker.close();
    }

    @Test
    void inspectDescribesTheContainer() throws IOException {
        Container shop = Objects.requireNonNull(client.inspect(ID));
        assertThat(shop.id()).isEqualTo("0123456789ab");
        assertThat(shop.fullId()).isEqualTo(ID);
        assertThat(shop.name()).isEqualTo("shop");
        assertThat(shop.runtime()).isEqualTo("docker");
        assertThat(shop.image()).isEqualTo("registry:5000/team/web:1.2");
        assertThat(shop.imageId()).isEqualTo("1234abcd".repeat(8));
        assertThat(shop.imageRepository()).isEqualTo("registry:5000/team/web");
        assertThat(shop.imageTag()).isEqualTo("1.2");
        assertThat(shop.imageDigest()).isEqualTo("sha256:feed");
        assertThat(shop.labels()).containsEntry("app", "shop").containsEntry("tier", "front");
        assertThat(shop.privileged()).isTrue();
        assertThat(shop.hostPid()).isTrue();
        assertThat(shop.hostNetwork()).isFalse();
        assertThat(shop.hostIpc()).isFalse();
        assertThat(shop.ip()).isEqualTo("172.17.0.2");
        assertThat(shop.createdNs()).isEqualTo(1_767_323_045_500_000_000L);
        assertThat(shop.healthcheck()).isEqualTo("/bin/sh -c curl -f localhost");
        assertThat(shop.pending()).isFalse();
        assertThat(shop.mounts())
                .containsExactly(new Container.Mount("/srv", "/data", "rw", true, "rprivate"));
    }

    @Test
    void imageGivenByIdIsNamedByItsFirstTag() throws IOException {
        docker.describe(ID, "x", "sha256:" + "1234abcd".repeat(8));
        Container named = Objects.requireNonNull(client.inspect(ID));
        assertThat(named.imageRepository()).isEqualTo("registry:5000/team/web");
        assertThat(named.imageTag()).isEqualTo("1.2");
    }

    @Test
    void imageWithoutTagIsTheLatest() throws IOException {
        docker.describe(ID, "x", "busybox");
        Container plain = Objects.requireNonNull(client.inspect(ID));
        assertThat(plain.imageRepository()).isEqualTo("busybox");
        assertThat(plain.imageTag()).isEqualTo("latest");
        assertThat(plain.imageDigest()).isEmpty();
    }

    @Test
    void listDescribesEveryRunningContainer() throws IOException {
        docker.container("a".repeat(64), "second", "busybox");
        assertThat(client.list()).extracting(Container::name).containsExactly("shop", "second");
    }

    @Test
    void unknownAndMalformedIdsAreNull() throws IOException {
        assertThat(client.inspect("f".repeat(64))).isNull();
        assertThat(client.inspect("../images/json")).isNull();
        assertThat(docker.requests()).hasSize(1);
    }

    @Test
    void changesArriveInOrder() throws Exception {
        client.connect();
        awaitListener();
        docker.event("start", ID);
        docker.event("exec_create: sh", ID);
        docker.event("destroy", ID);
        assertThat(next()).isEqualTo(new Change(Change.Kind.STARTED, ID));
        assertThat(next()).isEqualTo(new Change(Change.Kind.ENDED, ID));
        assertThat(client.next(10)).isNull();
    }

    @Test
    void endOfTheStreamIsAFailure() throws Exception {
        client.connect();
        awaitListener();
        docker.close();
        assertThatThrownBy(this::next)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("ended its stream");
    }

    @Test
    void wakeEndsAWait() throws Exception {
        client.connect();
        awaitListener();
        Thread waker = Thread.ofPlatform().start(client::wake);
        long before = System.nanoTime();
        // The first wait takes the response's head in.
        client.next(5_000);
        client.next(5_000);
        assertThat(System.nanoTime() - before).isLessThan(9_000_000_000L);
        waker.join();
    }

    private Change next() throws IOException {
        for (int i = 0; i < 600; i++) {
            Change change = client.next(100);
            if (change != null) {
                return change;
            }
        }
        throw new AssertionError("no change came");
    }

    private void awaitListener() throws InterruptedException {
        for (int i = 0; i < 6000 && !docker.hasListener(); i++) {
            Thread.sleep(10);
        }
    }
}
