// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.cri;

import dev.torimono.host.grpc.GrpcConnection;
import dev.torimono.host.grpc.GrpcException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Questions to one socket, over one connection that is opened when the first is asked. */
final class Calls implements Closeable {
    private static final long TIMEOUT_MS = 5_000;

    private final Path socket;
    private final long timeoutMs;
    private @Nullable GrpcConnection connection;

    Calls(Path socket) {
        this(socket, TIMEOUT_MS);
    }

    private Calls(Path socket, long timeoutMs) {
        this.socket = socket;
        this.timeoutMs = timeoutMs;
    }

    /** For what takes its time by itself. */
    static Calls patient(Path socket, long moreMs) {
        return new Calls(socket, TIMEOUT_MS + moreMs);
    }

    byte[] ask(String method, byte[] request) throws IOException {
        return ask(method, Map.of(), request);
    }

    byte[] ask(String method, Map<String, String> metadata, byte[] request) throws IOException {
        GrpcConnection open = connection;
        if (open == null) {
            open = GrpcConnection.open(socket);
            connection = open;
        }
        try {
            return open.call(method, metadata, request, timeoutMs);
        } catch (GrpcException refused) {
            throw refused;
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** The answer; null when what was asked for does not exist there. */
    byte @Nullable [] find(String method, Map<String, String> metadata, byte[] request)
            throws IOException {
        try {
            return ask(method, metadata, request);
        } catch (GrpcException e) {
            if (e.notFound()) {
                return null;
            }
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        GrpcConnection open = connection;
        connection = null;
        if (open != null) {
            open.close();
        }
    }
}
