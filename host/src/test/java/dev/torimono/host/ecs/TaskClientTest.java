// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.torimono.host.container.RuntimeClient;
import dev.torimono.model.Container;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against an endpoint on the loopback that answers as the one of ECS does. */
class TaskClientTest {
    private static final String ID = "cd189a933e5849daa93386466019ab50-2495160603";
    private static final String TASK =
            """
            {"Cluster": "prod", "TaskARN": "arn:aws:ecs:eu-1:1:task/prod/cd18", "Family": "shop",
             "Revision": "7", "Containers": [
               {"DockerId": "%s", "Name": "web", "DockerName": "web",
                "Image": "1.dkr.ecr.eu-1.amazonaws.com/shop/web:2.1", "ImageID": "sha256:25f3",
                "Labels": {"com.amazonaws.ecs.container-name": "web", "team": "shop"},
                "CreatedAt": "2026-10-08T20:09:11.44527186Z",
                "Networks": [{"NetworkMode": "awsvpc", "IPv4Addresses": ["192.0.2.3"]}]},
               {"Name": "without an id"}]}
            """
                    .formatted(ID);

    private HttpServer server;
    private volatile String answer = TASK;
    private volatile int status = 200;
    private final AtomicInteger asked = new AtomicInteger();
    private final List<String> said = new ArrayList<>();

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/v4/" + ID + "/task",
                exchange -> {
                    asked.incrementAndGet();
                    byte[] body = answer.getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(status, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
    }

    @AfterEach
    void end() {
        server.stop(0);
    }

    private TaskClient client() {
        return client(60_000_000_000L);
    }

    private TaskClient client(long pauseNs) {
        return new TaskClient(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v4/" + ID),
                id -> id.startsWith("known") ? "from-the-launcher" : null,
                said::add,
                pauseNs);
    }

    @Test
    void containerIsDescribedByTheEndpoint() {
        Container web = client().inspect(ID);
        assertThat(web).isNotNull();
        assertThat(web.name()).isEqualTo("web");
        assertThat(web.id()).isEqualTo("cd189a933e58");
        assertThat(web.runtime()).isEqualTo("ecs");
        assertThat(web.imageRepository()).isEqualTo("1.dkr.ecr.eu-1.amazonaws.com/shop/web");
        assertThat(web.imageTag()).isEqualTo("2.1");
        assertThat(web.imageId()).isEqualTo("sha256:25f3");
        assertThat(web.ip()).isEqualTo("192.0.2.3");
        assertThat(web.createdNs()).isEqualTo(1_791_490_151_445_271_860L);
        assertThat(web.labels())
                .containsEntry("team", "shop")
                .containsEntry("com.amazonaws.ecs.cluster", "prod")
                .containsEntry("com.amazonaws.ecs.task-definition-family", "shop");
        assertThat(web.pending()).isFalse();
    }

    @Test
    void nameStandsInForAnIdThatNobodyTold() {
        Container web = client().inspect("web");
        assertThat(web).isNotNull();
        assertThat(web.fullId()).isEqualTo("web");
        assertThat(web.imageTag()).isEqualTo("2.1");
    }

    @Test
    void containersWithoutAnIdAreLeftOut() {
        assertThat(client().list()).extracting(Container::name).containsExactly("web");
    }

    @Test
    void launchersNameHelpsWhereTheEndpointKnowsNothing() {
        Container known = client().inspect("known-1");
        assertThat(known).isNotNull();
        assertThat(known.name()).isEqualTo("from-the-launcher");
        assertThat(client().inspect("other")).isNull();
    }

    /** Nothing waits for it, and it is not asked again at once. */
    @Test
    void launchersNameHelpsWhereTheEndpointFails() {
        status = 500;
        TaskClient client = client();
        assertThat(client.list()).isEmpty();
        Container known = client.inspect("known-1");
        assertThat(known).isNotNull();
        assertThat(known.name()).isEqualTo("from-the-launcher");
        assertThat(client.inspect("other")).isNull();
        assertThat(asked).hasValue(1);
        assertThat(said).singleElement().asString().contains("answered 500");
    }

    @Test
    void whatAFailedEndpointOwesIsToldWhenItAnswers() {
        answer = "<html>";
        TaskClient client = client(0);
        assertThat(client.inspect(ID)).isNull();
        answer = TASK;
        assertThat(client.next(1000))
                .isEqualTo(new RuntimeClient.Change(RuntimeClient.Change.Kind.CHANGED, ID));
        assertThat(client.inspect(ID)).isNotNull();
        assertThat(said).hasSize(2).last().asString().endsWith("answers again");
    }

    @Test
    void aNameThatIsToldIsAChangeOfItsContainer() {
        TaskClient client = client();
        assertThat(client.next(0)).isNull();
        client.learned("known-1");
        assertThat(client.next(60_000))
                .isEqualTo(new RuntimeClient.Change(RuntimeClient.Change.Kind.CHANGED, "known-1"));
        assertThat(client.next(0)).isNull();
    }

    @Test
    void answerThatIsNoJsonIsAFailure() {
        answer = "<html>";
        assertThat(client().inspect(ID)).isNull();
        assertThat(said).singleElement().asString().contains("its answer is no JSON");
    }

    @Test
    void withoutAnEndpointNamesAreAllThereIs() {
        TaskClient client = new TaskClient(null, id -> "app", said::add);
        assertThat(client.list()).isEmpty();
        Container app = client.inspect("x");
        assertThat(app).isNotNull();
        assertThat(app.name()).isEqualTo("app");
    }
}
