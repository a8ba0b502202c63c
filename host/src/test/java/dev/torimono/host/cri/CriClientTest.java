// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.cri;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.host.container.RuntimeClient.Change;
import dev.torimono.host.grpc.FakeServer;
import dev.torimono.host.grpc.ProtoWriter;
import dev.torimono.model.Container;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CRI-O's way of answering; containerd's is tested on a real one, by a scenario. */
class CriClientTest {
    private static final String ID = "ab".repeat(32);
    private static final String SANDBOX = "cd".repeat(32);
    private static final String INFO =
            """
            {"sandboxID":"SANDBOX","pid":7,"privileged":true,"runtimeSpec":{
              "annotations":{"io.kubernetes.cri-o.ImageName":"quay.io/shop/web:2.1"},
              "linux":{"namespaces":[{"type":"pid"},{"type":"mount"}]}}}
            """
                    .replace("SANDBOX", SANDBOX);

    @TempDir private Path folder;

    @Test
    void containerIsDescribedWithItsPod() throws IOException {
        try (FakeServer _ = server(true);
                CriClient client = new CriClient(socket(), "cri-o")) {
            client.connect();
            Container container = Objects.requireNonNull(client.inspect(ID));
            assertThat(container.id()).isEqualTo("abababababab");
            assertThat(container.name()).isEqualTo("app");
            assertThat(container.runtime()).isEqualTo("cri-o");
            assertThat(container.image()).isEqualTo("quay.io/shop/web:2.1");
            assertThat(container.imageRepository()).isEqualTo("quay.io/shop/web");
            assertThat(container.imageTag()).isEqualTo("2.1");
            assertThat(container.imageDigest()).isEqualTo("sha256:" + "12".repeat(32));
            assertThat(container.privileged()).isTrue();
            assertThat(container.hostNetwork()).isFalse();
            assertThat(container.hostIpc()).isTrue();
            assertThat(container.mounts())
                    .containsExactly(new Container.Mount("/var/lib/x", "/x", "", false, "rslave"));
            Container.Pod pod = Objects.requireNonNull(container.pod());
            assertThat(pod.name()).isEqualTo("agent-7k2xq");
            assertThat(pod.namespace()).isEqualTo("kube-system");
            assertThat(pod.uid()).isEqualTo("uid-1");
            assertThat(pod.sandboxId()).isEqualTo(SANDBOX);
            assertThat(pod.ip()).isEqualTo("10.88.0.9");
            assertThat(pod.annotations()).isEqualTo(Map.of("owner", "ops"));
            assertThat(pod.workload()).isEqualTo("DaemonSet/agent");
        }
    }

    @Test
    void sandboxIsAContainerToo() throws IOException {
        try (FakeServer _ = server(true);
                CriClient client = new CriClient(socket(), "cri-o")) {
            client.connect();
            Container container = Objects.requireNonNull(client.inspect(SANDBOX));
            assertThat(container.name()).isEqualTo("agent-7k2xq");
            assertThat(client.list()).extracting(Container::fullId).contains(SANDBOX, ID);
            assertThat(client.version()).isEqualTo("1.30.1");
        }
    }

    @Test
    void idsThatContainersNamedThemselvesAreNotAskedFor() throws IOException {
        try (FakeServer server = server(true);
                CriClient client = new CriClient(socket(), "cri-o")) {
            client.connect();
            assertThat(client.inspect("../../etc")).isNull();
            assertThat(client.inspect("x\r\ny: z")).isNull();
            assertThat(server.paths()).noneMatch(path -> path.contains("Status"));
        }
    }

    @Test
    void runtimeWithoutEventsIsAskedFromTimeToTime() throws IOException {
        try (FakeServer _ = server(false);
                CriClient client = new CriClient(socket(), "cri-o")) {
            client.connect();
            client.list();
            Change first = client.next(5_000);
            assertThat(first).isNull();
            client.wake();
            assertThat(client.next(60_000)).isNull();
        }
    }

    @Test
    void changesComeFromTheStream() throws IOException {
        try (FakeServer _ = server(true);
                CriClient client = new CriClient(socket(), "cri-o")) {
            client.connect();
            Change change = client.next(5_000);
            assertThat(change).isEqualTo(new Change(Change.Kind.ENDED, ID));
        }
    }

    private Path socket() {
        return folder.resolve("crio.sock");
    }

    private FakeServer server(boolean events) throws IOException {
        return new FakeServer(
                socket(),
                (stream, headers, request) -> {
                    String asked = new String(request, StandardCharsets.UTF_8);
                    if (headers.contains("/GetContainerEvents")) {
                        return events
                                ? FakeServer.answer(stream, event())
                                : FakeServer.refusal(stream, 12);
                    }
                    if (headers.contains("/ContainerStatus")) {
                        return asked.contains(ID)
                                ? FakeServer.answer(stream, containerStatus())
                                : FakeServer.refusal(stream, 5);
                    }
                    return FakeServer.answer(stream, other(headers));
                });
    }

    private static byte[] other(String headers) {
        if (headers.contains("/Version")) {
            return new ProtoWriter().text(1, "0.1.0").text(2, "cri-o").text(3, "1.30.1").toBytes();
        }
        if (headers.contains("/PodSandboxStatus")) {
            return sandboxStatus();
        }
        String id = headers.contains("/ListPodSandbox") ? SANDBOX : ID;
        return new ProtoWriter().message(1, new ProtoWriter().text(1, id)).toBytes();
    }

    private static byte[] event() {
        return new ProtoWriter().text(1, ID).number(2, 3).toBytes();
    }

    private static byte[] containerStatus() {
        String digest = "sha256:" + "12".repeat(32);
        ProtoWriter status =
                new ProtoWriter()
                        .text(1, ID)
                        .message(2, new ProtoWriter().text(1, "app"))
                        .number(4, 1_700_000_000_000_000_000L)
                        .message(8, new ProtoWriter().text(1, "34".repeat(32)))
                        .text(9, "quay.io/shop/web@" + digest)
                        .message(12, entry("tier", "front"))
                        .message(
                                14,
                                new ProtoWriter()
                                        .text(1, "/x")
                                        .text(2, "/var/lib/x")
                                        .number(3, 1)
                                        .number(5, 1));
        return new ProtoWriter().message(1, status).message(2, entry("info", INFO)).toBytes();
    }

    private static byte[] sandboxStatus() {
        ProtoWriter metadata =
                new ProtoWriter().text(1, "agent-7k2xq").text(2, "uid-1").text(3, "kube-system");
        ProtoWriter status =
                new ProtoWriter()
                        .text(1, SANDBOX)
                        .message(2, metadata)
                        .message(5, new ProtoWriter().text(1, "10.88.0.9"))
                        .message(7, entry("controller-revision-hash", "6f7d"))
                        .message(8, entry("owner", "ops"));
        return new ProtoWriter().message(1, status).toBytes();
    }

    private static ProtoWriter entry(String key, String value) {
        return new ProtoWriter().text(1, key).text(2, value);
    }
}
