// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/** A real HTTP server that keeps what is posted and answers as told. */
final class HttpReceiver implements AutoCloseable {
    /** What was posted. */
    record Post(String path, HttpFields headers, String body) {
        String header(String name) {
            return String.valueOf(headers.get(name));
        }
    }

    /** Tells what to answer. */
    @FunctionalInterface
    interface Answering {
        String body(Post post);
    }

    final BlockingQueue<Post> posts = new LinkedBlockingQueue<>();
    volatile int status = 200;
    volatile Answering answering = _ -> "{}";
    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server, 1, 1);

    HttpReceiver() throws Exception {
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(
                new Handler.Abstract() {
                    @Override
                    public boolean handle(Request request, Response response, Callback callback)
                            throws Exception {
                        Post post =
                                new Post(
                                        Request.getPathInContext(request),
                                        request.getHeaders().asImmutable(),
                                        Content.Source.asString(request, StandardCharsets.UTF_8));
                        byte[] answer = answering.body(post).getBytes(StandardCharsets.UTF_8);
                        response.setStatus(status);
                        posts.add(post);
                        response.write(true, ByteBuffer.wrap(answer), callback);
                        return true;
                    }
                });
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + connector.getLocalPort();
    }

    Post next() throws InterruptedException {
        Post post = posts.poll(60, TimeUnit.SECONDS);
        assertThat(post).isNotNull();
        return post;
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
