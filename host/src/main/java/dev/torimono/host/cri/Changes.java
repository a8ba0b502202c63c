// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.cri;

import dev.torimono.host.container.RuntimeClient.Change;
import dev.torimono.host.container.RuntimeClient.Change.Kind;
import dev.torimono.host.grpc.GrpcConnection;
import dev.torimono.host.grpc.GrpcException;
import dev.torimono.host.grpc.ProtoReader;
import dev.torimono.host.grpc.ProtoWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The lasting call by which a runtime tells what happens to containers. */
final class Changes implements Closeable {
    private static final String OF_CRI = "/runtime.v1.RuntimeService/GetContainerEvents";
    private static final String OF_CONTAINERD = "/containerd.services.events.v1.Events/Subscribe";

    private static final String[] TOPICS = {
        "/containers/create", "/containers/update", "/containers/delete", "/tasks/start"
    };

    private final GrpcConnection connection;
    private final boolean ofContainerd;

    private Changes(GrpcConnection connection, boolean ofContainerd) {
        this.connection = connection;
        this.ofContainerd = ofContainerd;
    }

    static Changes ofContainerd(Path socket) throws IOException {
        ProtoWriter request = new ProtoWriter();
        for (String topic : TOPICS) {
            request.text(1, "topic==\"" + topic + "\"");
        }
        return open(socket, true, OF_CONTAINERD, request.toBytes());
    }

    static Changes ofCri(Path socket) throws IOException {
        return open(socket, false, OF_CRI, new byte[0]);
    }

    private static Changes open(Path socket, boolean ofContainerd, String method, byte[] request)
            throws IOException {
        GrpcConnection connection = GrpcConnection.open(socket);
        try {
            connection.begin(method, Map.of(), request);
            return new Changes(connection, ofContainerd);
        } catch (IOException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /**
     * The next change; null when none came in time or it was woken.
     *
     * @throws GrpcException when the runtime tells no changes
     */
    @Nullable Change next(long timeoutMs) throws IOException {
        byte[] message = connection.next(timeoutMs);
        if (message == null) {
            if (connection.ended()) {
                throw new IOException("the runtime ended its stream of events");
            }
            return null;
        }
        return ofContainerd ? containerd(message) : cri(message);
    }

    /** A ContainerEventResponse: id, type. */
    private static @Nullable Change cri(byte[] message) throws IOException {
        ProtoReader reader = new ProtoReader(message);
        String id = "";
        long type = 0;
        while (reader.next()) {
            switch (reader.field()) {
                case 1 -> id = reader.text();
                case 2 -> type = reader.number();
                default -> {}
            }
        }
        Kind kind =
                switch ((int) type) {
                    case 0 -> Kind.CHANGED;
                    case 1 -> Kind.STARTED;
                    case 3 -> Kind.ENDED;
                    default -> null;
                };
        return kind == null || id.isEmpty() ? null : new Change(kind, id);
    }

    /** An Envelope: namespace, topic, the event in an Any; each event begins with the id. */
    private static @Nullable Change containerd(byte[] message) throws IOException {
        ProtoReader reader = new ProtoReader(message);
        String namespace = "";
        String topic = "";
        String id = "";
        while (reader.next()) {
            switch (reader.field()) {
                case 2 -> namespace = reader.text();
                case 3 -> topic = reader.text();
                case 4 -> id = containerOf(reader.message());
                default -> {}
            }
        }
        Kind kind =
                switch (topic) {
                    case "/containers/create", "/containers/update" -> Kind.CHANGED;
                    case "/tasks/start" -> Kind.STARTED;
                    case "/containers/delete" -> Kind.ENDED;
                    default -> null;
                };
        boolean ours = !namespace.equals(Containerd.DOCKER);
        return ours && kind != null && !id.isEmpty() ? new Change(kind, id) : null;
    }

    private static String containerOf(ProtoReader any) throws IOException {
        while (any.next()) {
            if (any.field() == 2) {
                return PodStatus.text(any.message(), 1);
            }
        }
        return "";
    }

    void wake() {
        connection.wake();
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
