// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.scope;

import dev.torimono.model.Container;
import dev.torimono.model.Container.Pod;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Every field of scopes: Falco's names, Sysdig's names, and those with an argument. */
final class ScopeFields {
    /** Fields that take an argument, written {@code name.KEY} or {@code name[KEY]}. */
    private static final Set<String> KEYED =
            Set.of(
                    "container.label",
                    "k8s.pod.label",
                    "kubernetes.pod.label",
                    "agent.tag",
                    "agent.tags");

    private static final Map<String, ScopeField> PLAIN = new LinkedHashMap<>();

    static {
        ofContainers();
        ofPods();
        ofHosts();
    }

    private ScopeFields() {}

    /** All names, those with an argument with {@code [KEY]}. */
    static List<String> names() {
        return java.util.stream.Stream.concat(
                        PLAIN.keySet().stream(), KEYED.stream().map(name -> name + "[KEY]"))
                .toList();
    }

    /** Whether a name starts with that of a field that takes an argument. */
    static @Nullable String keyedPrefix(String name) {
        for (String keyed : KEYED) {
            if (name.startsWith(keyed + ".")) {
                return keyed;
            }
        }
        return null;
    }

    /** The field of a name and its argument; null when there is none. */
    static @Nullable ScopeField find(String name, @Nullable String argument) {
        if (argument == null) {
            return PLAIN.get(name);
        }
        return switch (name) {
            case "container.label" ->
                    container(name, false, c -> c.labels().getOrDefault(argument, ""));
            case "k8s.pod.label", "kubernetes.pod.label" ->
                    pod(name, p -> p.labels().getOrDefault(argument, ""));
            case "agent.tag", "agent.tags" ->
                    host(name, h -> present(h.tags().getOrDefault(argument, "")));
            default -> null;
        };
    }

    private static void ofContainers() {
        add(new ScopeField("container.id", true, ScopeFields::containerId));
        add(container("container.full_id", true, Container::fullId));
        add(new ScopeField("container.name", false, ScopeFields::containerName));
        for (String name : List.of("container.type", "container.runtime")) {
            add(container(name, true, Container::runtime));
        }
        add(container("container.image", false, Container::image));
        add(container("container.image.id", false, Container::imageId));
        for (String name : List.of("container.image.repository", "container.image.repo")) {
            add(container(name, false, Container::imageRepository));
        }
        add(container("container.image.tag", false, Container::imageTag));
        add(container("container.image.digest", false, Container::imageDigest));
        add(container("container.ip", false, Container::ip));
        add(container("container.privileged", false, ScopeFields::privileged));
        add(container("container.host_pid", false, c -> String.valueOf(c.hostPid())));
        add(container("container.host_network", false, c -> String.valueOf(c.hostNetwork())));
        add(container("container.host_ipc", false, c -> String.valueOf(c.hostIpc())));
    }

    private static void ofPods() {
        for (String prefix : List.of("k8s.", "kubernetes.")) {
            String namespace = prefix.equals("k8s.") ? "k8s.ns.name" : "kubernetes.namespace.name";
            add(pod(namespace, Pod::namespace));
            add(pod(prefix + "pod.name", Pod::name));
            add(pod(prefix + "pod.uid", Pod::uid));
            add(pod(prefix + "pod.ip", Pod::ip));
            add(pod(prefix + "workload.name", p -> PodWorkload.of(p).name()));
            add(pod(prefix + "workload.type", p -> PodWorkload.of(p).kind()));
            for (String kind : List.of("deployment", "statefulset", "daemonset", "job")) {
                add(pod(prefix + kind + ".name", p -> PodWorkload.of(p).nameOf(kind)));
            }
            add(pod(prefix + "replicaset.name", PodWorkload::replicaSet));
            add(host(prefix + "cluster.name", h -> present(h.cluster())));
            add(host(prefix + "node.name", h -> present(h.node())));
        }
    }

    private static void ofHosts() {
        for (String name : List.of("host.name", "host.hostname", "host.hostName")) {
            add(host(name, h -> present(h.hostname())));
        }
        for (String name : List.of("host.ip", "host.ip.private")) {
            add(host(name, HostFacts::addresses));
        }
        add(host("host.mac", HostFacts::macs));
    }

    /** On the host it is {@code host}, as in rules, and empty, as Sysdig's scopes have it. */
    private static List<String> containerId(Place place) {
        Container container = place.container();
        return container == null
                ? List.of("", "host")
                : List.of(container.id(), container.fullId());
    }

    private static List<String> containerName(Place place) {
        Container container = place.container();
        return container == null ? List.of("", "host") : present(container.name());
    }

    private static String privileged(Container container) {
        Boolean privileged = container.privileged();
        return privileged == null ? "" : privileged.toString();
    }

    private static ScopeField container(
            String name, boolean early, Function<Container, String> value) {
        return new ScopeField(
                name,
                early,
                place -> {
                    Container container = place.container();
                    return container == null ? List.of() : present(value.apply(container));
                });
    }

    private static ScopeField pod(String name, Function<Pod, String> value) {
        return container(
                name,
                false,
                container -> {
                    Pod pod = container.pod();
                    return pod == null ? "" : value.apply(pod);
                });
    }

    private static ScopeField host(String name, Function<HostFacts, List<String>> values) {
        return new ScopeField(name, true, place -> values.apply(place.host()));
    }

    private static List<String> present(String value) {
        return value.isEmpty() ? List.of() : List.of(value);
    }

    private static void add(ScopeField field) {
        PLAIN.put(field.name(), field);
    }
}
