// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.web;

import dev.torimono.collector.access.Certificate;
import dev.torimono.collector.state.Audit;
import java.io.IOException;
import java.security.KeyStore;
import java.util.concurrent.Executors;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/** The HTTPS server: one port, a virtual thread a request, bounds on what a client may do to us. */
public final class HttpServer implements AutoCloseable {
    private static final int THREADS = 16;
    private static final int MIN_THREADS = 4;
    private static final int HEADER_BYTES = 16 << 10;
    private static final int BACKLOG = 256;
    private static final long STOP_MS = 3000;

    private final Server server;
    private final ServerConnector connector;
    private final SslContextFactory.Server ssl = new SslContextFactory.Server();

    /**
     * What it listens on.
     *
     * @param host an address of this machine
     * @param port 0 for any that is free
     * @param idleMs how long a connection may say nothing
     */
    public record Settings(String host, int port, long idleMs) {}

    public HttpServer(
            Settings settings,
            Certificate certificate,
            Routes routes,
            Gate gate,
            Audit audit,
            WebCounters counters)
            throws IOException {
        QueuedThreadPool threads = new QueuedThreadPool(THREADS, MIN_THREADS);
        threads.setName("web");
        threads.setVirtualThreadsExecutor(Executors.newVirtualThreadPerTaskExecutor());
        this.server = new Server(threads);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(HEADER_BYTES);
        http.setUriCompliance(UriCompliance.DEFAULT);
        // Clients that pin the fingerprint may reach us under any name.
        http.addCustomizer(new SecureRequestCustomizer(false));
        ssl.setKeyStore(certificate.keyStore());
        ssl.setKeyStorePassword("");
        ssl.setIncludeProtocols("TLSv1.3", "TLSv1.2");
        this.connector =
                new ServerConnector(
                        server,
                        1,
                        1,
                        new SslConnectionFactory(ssl, "http/1.1"),
                        new HttpConnectionFactory(http));
        connector.setHost(settings.host());
        connector.setPort(settings.port());
        connector.setIdleTimeout(settings.idleMs());
        connector.setAcceptQueueSize(BACKLOG);
        server.addConnector(connector);
        server.setHandler(new ApiHandler(routes, gate, audit, counters));
        server.setErrorHandler(new JsonErrors());
        server.setStopTimeout(STOP_MS);
    }

    /**
     * @throws IOException when the port cannot be had
     */
    public void start() throws IOException {
        try {
            server.start();
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("web: cannot start: " + e.getMessage(), e);
        }
    }

    /** Shows another certificate to whoever connects from now on. */
    public void show(Certificate certificate) throws IOException {
        KeyStore store = certificate.keyStore();
        try {
            ssl.reload(factory -> factory.setKeyStore(store));
        } catch (Exception e) {
            throw new IOException("web: the certificate cannot be shown: " + e.getMessage(), e);
        }
    }

    public int port() {
        return connector.getLocalPort();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            System.getLogger("torimono.web")
                    .log(System.Logger.Level.WARNING, "web: stopped with trouble", e);
        }
    }

    /** What fails before a route is found: malformed requests, headers that are too long. */
    private static final class JsonErrors extends ErrorHandler {
        @Override
        protected boolean generateAcceptableResponse(
                org.eclipse.jetty.server.Request request,
                org.eclipse.jetty.server.Response response,
                org.eclipse.jetty.util.Callback callback,
                String contentType,
                java.util.List<java.nio.charset.Charset> charsets,
                int code,
                @Nullable String message,
                @Nullable Throwable cause) {
            Reply reply = Reply.error(code, "bad_request", message == null ? "refused" : message);
            response.getHeaders()
                    .put(org.eclipse.jetty.http.HttpHeader.CONTENT_TYPE, reply.contentType());
            response.write(true, java.nio.ByteBuffer.wrap(reply.body()), callback);
            return true;
        }
    }
}
