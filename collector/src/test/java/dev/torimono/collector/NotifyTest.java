// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.collector.RunningCollector.Answer;
import dev.torimono.collector.event.Json;
import dev.torimono.collector.store.Sample;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** Channels and whoever listens at their other end: a real HTTP server that may be down. */
final class NotifyTest {
    private static final String CHANNELS = "/api/notificationChannels";

    /** Takes what is posted; answers as told. */
    private static final class Receiver implements AutoCloseable {
        final BlockingQueue<String> bodies = new LinkedBlockingQueue<>();
        volatile int status = 200;
        private final Server server = new Server();
        private final ServerConnector connector = new ServerConnector(server, 1, 1);

        Receiver() throws Exception {
            connector.setHost("127.0.0.1");
            server.addConnector(connector);
            server.setHandler(
                    new Handler.Abstract() {
                        @Override
                        public boolean handle(Request request, Response response, Callback callback)
                                throws Exception {
                            bodies.add(Content.Source.asString(request, StandardCharsets.UTF_8));
                            response.setStatus(status);
                            callback.succeeded();
                            return true;
                        }
                    });
            server.start();
        }

        String url() {
            return "http://127.0.0.1:" + connector.getLocalPort() + "/hook";
        }

        ObjectNode next() throws InterruptedException {
            String body = bodies.poll(60, TimeUnit.SECONDS);
            assertThat(body).isNotNull();
            return Json.object(String.valueOf(body).getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void close() {
            try {
                server.stop();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static String channel(String name, String type, String url) {
        return "{\"notificationChannel\": {\"name\": \"%s\", \"type\": \"%s\", \"enabled\": true, \"options\": {\"url\": \"%s\"}}}"
                .formatted(name, type, url);
    }

    private static String alert(String key, String channelName) {
        ObjectNode line = Json.object().put("key", key);
        ObjectNode alert = Sample.alert("Terminal shell in container", 1);
        ObjectNode policy = alert.putArray("policies").addObject();
        policy.put("name", "No shells").put("severity", 2).put("type", "workload");
        policy.putArray("channels").add(channelName);
        line.set("alert", alert);
        return new String(Json.bytes(line), StandardCharsets.UTF_8);
    }

    @Test
    void whatAPolicyNamesIsToldOnceAWhile(@TempDir Path folder) throws Exception {
        try (Receiver receiver = new Receiver();
                RunningCollector collector = new RunningCollector(folder)) {
            Answer made =
                    collector.call(
                            "POST",
                            CHANNELS,
                            collector.admin(),
                            channel("hook", "WEBHOOK", receiver.url()));
            assertThat(made.status()).as(made.text()).isEqualTo(200);
            assertThat(Schema.misfits(made.json(), "WrappedChannel")).isEmpty();
            collector.call(
                    "POST", CHANNELS, collector.admin(), channel("chat", "SLACK", receiver.url()));
            String agent = collector.enrol("a");
            collector.call("POST", "/fleet/v1/alerts", agent, alert("1", "hook"));
            ObjectNode told = receiver.next();
            assertThat(told.path("name").asString()).isEqualTo("No shells");
            assertThat(told.path("content").path("ruleName").asString())
                    .isEqualTo("Terminal shell in container");
            collector.call("POST", "/fleet/v1/alerts", agent, alert("2", "hook"));
            collector.call("POST", "/fleet/v1/alerts", agent, alert("3", "chat"));
            assertThat(receiver.next().path("text").asString())
                    .startsWith(
                            "High: Terminal shell in container (policy No shells) on web-1/nginx");
            assertThat(receiver.bodies).isEmpty();
        }
    }

    @Test
    void whatIsNotTakenIsTriedAgainAlsoAfterARestart(@TempDir Path folder) throws Exception {
        try (Receiver receiver = new Receiver()) {
            receiver.status = 503;
            try (RunningCollector collector = new RunningCollector(folder)) {
                collector.call(
                        "POST",
                        CHANNELS,
                        collector.admin(),
                        channel("hook", "WEBHOOK", receiver.url()));
                collector.call(
                        "POST", "/fleet/v1/alerts", collector.enrol("a"), alert("1", "hook"));
                receiver.next();
            }
            receiver.status = 200;
            receiver.bodies.clear();
            try (RunningCollector collector = new RunningCollector(folder)) {
                assertThat(receiver.next().path("name").asString()).isEqualTo("No shells");
                long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
                while (!collector
                        .get("/metrics", collector.admin())
                        .text()
                        .contains("notifications_waiting 0")) {
                    assertThat(System.nanoTime()).isLessThan(endNs);
                }
            }
        }
    }

    @Test
    void testsAndMistakesAreTold(@TempDir Path folder) throws Exception {
        try (Receiver receiver = new Receiver();
                RunningCollector collector = new RunningCollector(folder)) {
            String path = id(collector, channel("chat", "SLACK", receiver.url()));
            assertThat(collector.call("POST", path + "/test", collector.admin(), "").status())
                    .isEqualTo(204);
            assertThat(receiver.next().path("text").asString()).contains("can reach this channel");
            receiver.status = 404;
            assertThat(collector.call("POST", path + "/test", collector.admin(), "").text())
                    .contains("it answered 404");
            assertThat(collector.get(path, collector.admin()).text()).contains("it answered 404");
            for (String bad :
                    new String[] {
                        channel("x", "CARRIER_PIGEON", receiver.url()),
                        channel("x", "SLACK", "file:///etc/passwd"),
                        channel("chat", "SLACK", receiver.url()),
                        "{}"
                    }) {
                assertThat(collector.call("POST", CHANNELS, collector.admin(), bad).status())
                        .as(bad)
                        .isBetween(409, 422);
            }
        }
    }

    private static String id(RunningCollector collector, String channel) throws IOException {
        return CHANNELS
                + "/"
                + collector
                        .call("POST", CHANNELS, collector.admin(), channel)
                        .json()
                        .path("notificationChannel")
                        .path("id")
                        .asLong();
    }
}
