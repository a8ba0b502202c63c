// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.cri;

import dev.torimono.host.container.Recent;
import dev.torimono.host.grpc.GrpcException;
import dev.torimono.host.grpc.ProtoReader;
import dev.torimono.host.grpc.ProtoWriter;
import dev.torimono.model.Container;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The Container Runtime Interface, version 1: what it knows of containers and pods. */
final class Cri {
    private static final String SERVICE = "/runtime.v1.RuntimeService/";
    private static final int MOST_PODS = 1024;
    private static final int MOST_LISTED = 4096;

    private final Calls calls;
    private final JsonMapper json = new JsonMapper();
    private final Map<String, PodStatus> pods = new Recent<>(MOST_PODS);

    Cri(Calls calls) {
        this.calls = calls;
    }

    /**
     * What serves it, and which version of that.
     *
     * @param runtime such as {@code containerd}
     * @param version such as {@code 1.6.20}
     */
    record Version(String runtime, String version) {}

    /** Null when the socket serves no CRI, as a containerd without that plugin. */
    @Nullable Version version() throws IOException {
        byte[] answer;
        try {
            answer = calls.ask(SERVICE + "Version", new byte[0]);
        } catch (GrpcException e) {
            if (e.unimplemented()) {
                return null;
            }
            throw e;
        }
        ProtoReader reader = new ProtoReader(answer);
        String runtime = "";
        String version = "";
        while (reader.next()) {
            switch (reader.field()) {
                case 2 -> runtime = reader.text();
                case 3 -> version = reader.text();
                default -> {}
            }
        }
        return new Version(runtime, version);
    }

    /** Ids of the containers and sandboxes there are. */
    List<String> ids() throws IOException {
        List<String> ids = new ArrayList<>();
        addIds(calls.ask(SERVICE + "ListPodSandbox", new byte[0]), ids);
        addIds(calls.ask(SERVICE + "ListContainers", new byte[0]), ids);
        return ids;
    }

    private static void addIds(byte[] answer, List<String> ids) throws IOException {
        ProtoReader reader = new ProtoReader(answer);
        while (reader.next() && ids.size() < MOST_LISTED) {
            if (reader.field() == 1) {
                ids.add(PodStatus.text(reader.message(), 1));
            }
        }
    }

    /** The container, or the sandbox, of an id; null when there is neither. */
    @Nullable Container container(String id, String runtime) throws IOException {
        byte[] request = new ProtoWriter().text(1, id).number(2, 1).toBytes();
        byte[] answer = calls.find(SERVICE + "ContainerStatus", Map.of(), request);
        if (answer == null) {
            PodStatus sandbox = pod(id);
            return sandbox == null ? null : sandbox(id, sandbox, runtime);
        }
        ContainerStatus status = ContainerStatus.of(answer, json);
        String sandboxId = status.sandboxId().isEmpty() ? sandboxOf(id) : status.sandboxId();
        return status.container(sandboxId.isEmpty() ? null : pod(sandboxId), runtime);
    }

    /**
     * Ends a container; answers when it has ended. False when there is none of the id: some
     * versions of containerd call that done.
     */
    boolean stop(String id, int graceSeconds) throws IOException {
        byte[] named = new ProtoWriter().text(1, id).toBytes();
        if (calls.find(SERVICE + "ContainerStatus", Map.of(), named) == null) {
            return false;
        }
        byte[] request = new ProtoWriter().text(1, id).number(2, graceSeconds).toBytes();
        return calls.find(SERVICE + "StopContainer", Map.of(), request) != null;
    }

    /** For runtimes whose verbose information leaves it out. */
    private String sandboxOf(String id) throws IOException {
        byte[] request = new ProtoWriter().message(1, new ProtoWriter().text(1, id)).toBytes();
        ProtoReader reader = new ProtoReader(calls.ask(SERVICE + "ListContainers", request));
        while (reader.next()) {
            if (reader.field() == 1) {
                return PodStatus.text(reader.message(), 2);
            }
        }
        return "";
    }

    private @Nullable PodStatus pod(String sandboxId) throws IOException {
        PodStatus known = pods.get(sandboxId);
        // Its address is only known once its network is set up.
        if (known != null && (known.hostNetwork() || !known.pod().ip().isEmpty())) {
            return known;
        }
        byte[] request = new ProtoWriter().text(1, sandboxId).toBytes();
        byte[] answer = calls.find(SERVICE + "PodSandboxStatus", Map.of(), request);
        if (answer == null) {
            return known;
        }
        PodStatus status = PodStatus.ofResponse(answer);
        pods.put(sandboxId, status);
        return status;
    }

    /** The process that holds a pod's namespaces is a container of its own. */
    private static Container sandbox(String id, PodStatus status, String runtime) {
        return new Container(
                id.substring(0, Math.min(12, id.length())),
                id,
                status.pod().name(),
                runtime,
                "",
                "",
                "",
                "",
                "",
                null,
                status.pod().labels(),
                List.of(),
                status.pod().ip(),
                status.createdNs(),
                false,
                status.hostNetwork(),
                false,
                "",
                status.pod(),
                false);
    }
}
