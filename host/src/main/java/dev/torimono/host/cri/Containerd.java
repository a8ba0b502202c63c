// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.cri;

import dev.torimono.host.container.ImageName;
import dev.torimono.host.container.PodLabels;
import dev.torimono.host.grpc.ProtoReader;
import dev.torimono.host.grpc.ProtoWriter;
import dev.torimono.model.Container;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * containerd's own interface: every container that it keeps, in each of its namespaces, whoever
 * made it. Docker's are left to Docker, which knows more of them.
 */
final class Containerd {
    private static final String GET = "/containerd.services.containers.v1.Containers/Get";
    private static final String LIST = "/containerd.services.containers.v1.Containers/List";
    private static final String NAMESPACES = "/containerd.services.namespaces.v1.Namespaces/List";
    private static final String VERSION = "/containerd.services.version.v1.Version/Version";
    private static final String NAMESPACE = "containerd-namespace";
    private static final String KUBERNETES = "k8s.io";
    private static final int MOST_NAMESPACES = 64;
    private static final int MOST_LISTED = 4096;
    private static final int MOST_NAME = 100;

    /** Docker's namespace. */
    static final String DOCKER = "moby";

    private final Calls calls;
    private final JsonMapper json = new JsonMapper();

    Containerd(Calls calls) {
        this.calls = calls;
    }

    String version() throws IOException {
        return PodStatus.text(new ProtoReader(calls.ask(VERSION, new byte[0])), 1);
    }

    /** Every container outside Kubernetes. */
    List<Container> list() throws IOException {
        List<Container> containers = new ArrayList<>();
        for (String namespace : namespaces()) {
            if (!namespace.equals(KUBERNETES)) {
                Map<String, String> metadata = Map.of(NAMESPACE, namespace);
                ProtoReader reader = new ProtoReader(calls.ask(LIST, metadata, new byte[0]));
                while (reader.next() && containers.size() < MOST_LISTED) {
                    if (reader.field() == 1) {
                        containers.add(container(reader.message()));
                    }
                }
            }
        }
        return containers;
    }

    /** The container of an id in whatever namespace; null when there is none. */
    @Nullable Container find(String id) throws IOException {
        byte[] request = new ProtoWriter().text(1, id).toBytes();
        for (String namespace : namespaces()) {
            byte[] answer = calls.find(GET, Map.of(NAMESPACE, namespace), request);
            ProtoReader reader = new ProtoReader(answer == null ? new byte[0] : answer);
            while (reader.next()) {
                if (reader.field() == 1) {
                    return container(reader.message());
                }
            }
        }
        return null;
    }

    private List<String> namespaces() throws IOException {
        List<String> names = new ArrayList<>();
        ProtoReader reader = new ProtoReader(calls.ask(NAMESPACES, new byte[0]));
        while (reader.next() && names.size() < MOST_NAMESPACES) {
            String name = reader.field() == 1 ? PodStatus.text(reader.message(), 1) : "";
            if (!name.isEmpty() && name.length() < MOST_NAME && !name.equals(DOCKER)) {
                names.add(name);
            }
        }
        return names;
    }

    private Container container(ProtoReader reader) throws IOException {
        String id = "";
        String image = "";
        long createdNs = 0;
        OciSpec spec = new OciSpec(json.createObjectNode());
        Map<String, String> labels = new HashMap<>();
        while (reader.next()) {
            switch (reader.field()) {
                case 1 -> id = reader.text();
                case 2 -> reader.entry(labels);
                case 3 -> image = reader.text();
                case 5 -> spec = spec(reader.message());
                case 8 -> createdNs = timestamp(reader.message());
                default -> {}
            }
        }
        ImageName parts = ImageName.parse(image);
        return new Container(
                id.length() == 64 ? id.substring(0, 12) : id,
                id,
                name(id, labels),
                "containerd",
                image,
                "",
                parts.repository(),
                parts.tag(),
                parts.digest(),
                null,
                labels,
                spec.mounts(),
                "",
                createdNs,
                spec.shares("pid"),
                spec.shares("network"),
                spec.shares("ipc"),
                "",
                PodLabels.pod(labels, spec.annotation("io.kubernetes.cri.sandbox-id")),
                false);
    }

    /** As Kubernetes, nerdctl or, by the id, ctr call it. */
    private static String name(String id, Map<String, String> labels) {
        String inPod = labels.getOrDefault("io.kubernetes.container.name", "");
        String pod = labels.getOrDefault("io.kubernetes.pod.name", "");
        String fallback = labels.getOrDefault("nerdctl/name", pod.isEmpty() ? id : pod);
        return inPod.isEmpty() ? fallback : inPod;
    }

    /** A google.protobuf.Any whose value is JSON. */
    private OciSpec spec(ProtoReader any) throws IOException {
        String text = PodStatus.text(any, 2);
        try {
            JsonNode node = json.readTree(text.isEmpty() ? "{}" : text);
            return new OciSpec(node);
        } catch (JacksonException e) {
            throw new IOException("containerd: a container's specification is no JSON", e);
        }
    }

    private static long timestamp(ProtoReader reader) throws IOException {
        long seconds = 0;
        long nanos = 0;
        while (reader.next()) {
            switch (reader.field()) {
                case 1 -> seconds = reader.number();
                case 2 -> nanos = reader.number();
                default -> {}
            }
        }
        return seconds * 1_000_000_000 + nanos;
    }
}
