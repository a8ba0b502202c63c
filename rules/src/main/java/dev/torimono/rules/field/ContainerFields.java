// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.field;

import dev.torimono.model.Container;
import dev.torimono.model.Container.Mount;
import dev.torimono.model.Container.Pod;
import dev.torimono.model.Observation;
import dev.torimono.model.Task;
import dev.torimono.model.Text;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The container and pod of a process. On the host only id, name and type say so. */
final class ContainerFields {
    private static final Text HOST = Text.of("host");
    private static final int SHORT_ID = 12;

    private ContainerFields() {}

    static Reader of(FieldUse use) {
        String name = use.field().name();
        String argument = use.argument() == null ? "" : use.argument();
        if (name.startsWith("k8s.")) {
            return pod(name, argument);
        }
        if (name.startsWith("container.mount")) {
            return mount(name, argument);
        }
        return switch (name) {
            case "container.id" -> orHost(Container::id);
            case "container.name" -> orHost(Container::name);
            case "container.type" -> orHost(Container::runtime);
            case "container.full_id" -> text(Container::fullId);
            case "container.image" -> text(Container::image);
            case "container.image.id" -> text(Container::imageId);
            case "container.image.repository" -> text(Container::imageRepository);
            case "container.image.tag" -> text(Container::imageTag);
            case "container.image.digest" -> text(Container::imageDigest);
            case "container.ip" -> text(Container::ip);
            case "container.healthcheck" -> text(Container::healthcheck);
            case "container.label" -> text(c -> c.labels().getOrDefault(argument, ""));
            case "container.labels" -> text(c -> labels(c.labels()));
            case "container.privileged" -> ContainerFields::privileged;
            case "container.host_pid" -> known((o, c, v) -> v.bool(c.hostPid()));
            case "container.host_network" -> known((o, c, v) -> v.bool(c.hostNetwork()));
            case "container.host_ipc" -> known((o, c, v) -> v.bool(c.hostIpc()));
            case "container.start_ts" -> ContainerFields::start;
            case "container.duration" ->
                    (o, v) -> {
                        long startNs = startNs(o);
                        return startNs != 0 && v.number(o.event().timestampNs() - startNs);
                    };
            default -> Reader.MISSING;
        };
    }

    private static Reader pod(String name, String argument) {
        return switch (name) {
            case "k8s.pod.name" -> podText(Pod::name);
            case "k8s.ns.name" -> podText(Pod::namespace);
            case "k8s.pod.id", "k8s.pod.uid" -> podText(Pod::uid);
            case "k8s.pod.sandbox_id" ->
                    podText(
                            p ->
                                    p.sandboxId().length() > SHORT_ID
                                            ? p.sandboxId().substring(0, SHORT_ID)
                                            : p.sandboxId());
            case "k8s.pod.full_sandbox_id" -> podText(Pod::sandboxId);
            case "k8s.pod.label" -> podText(p -> p.labels().getOrDefault(argument, ""));
            case "k8s.pod.labels" -> podText(p -> labels(p.labels()));
            case "k8s.pod.ip" -> podText(Pod::ip);
            case "k8s.pod.annotation" -> podText(p -> p.annotations().getOrDefault(argument, ""));
            case "k8s.pod.annotations" -> podText(p -> labels(p.annotations()));
            case "k8s.workload.kind" -> podText(p -> workload(p, true));
            case "k8s.workload.name" -> podText(p -> workload(p, false));
            default -> Reader.MISSING;
        };
    }

    private static Reader mount(String name, String argument) {
        return switch (name) {
            case "container.mounts" -> text(ContainerFields::mounts);
            case "container.mount" -> mountText(argument, true, ContainerFields::mount);
            case "container.mount.source" -> mountText(argument, false, Mount::source);
            case "container.mount.dest" -> mountText(argument, true, Mount::destination);
            case "container.mount.mode" -> mountText(argument, true, Mount::mode);
            case "container.mount.rdwr" ->
                    mountText(argument, true, m -> String.valueOf(m.writable()));
            case "container.mount.propagation" -> mountText(argument, true, Mount::propagation);
            default -> Reader.MISSING;
        };
    }

    /** Reads a container whose runtime has answered. */
    @FunctionalInterface
    private interface ContainerReader {
        boolean read(Observation o, Container container, Value value);
    }

    private static Reader known(ContainerReader reader) {
        return (o, v) -> {
            Container container = o.container();
            return container != null && !container.pending() && reader.read(o, container, v);
        };
    }

    private static boolean start(Observation o, Value value) {
        long startNs = startNs(o);
        return startNs != 0 && value.number(startNs);
    }

    /** When its pid namespace began, or else when the runtime created it; 0 unknown. */
    private static long startNs(Observation o) {
        Container container = o.container();
        Task task = o.task();
        if (container == null) {
            return 0;
        }
        long told = task == null ? 0 : task.pidNamespaceStartNs();
        return told == 0 ? container.createdNs() : told;
    }

    private static boolean privileged(Observation o, Value value) {
        Container container = o.container();
        Boolean privileged = container == null ? null : container.privileged();
        return privileged != null && value.bool(privileged);
    }

    private static Reader text(Function<Container, String> part) {
        return new Cached(part);
    }

    private static Reader orHost(Function<Container, String> part) {
        Cached cached = new Cached(part);
        return (o, v) -> o.container() == null ? v.text(HOST) : cached.read(o, v);
    }

    private static Reader podText(Function<Pod, String> part) {
        return new Cached(
                container -> {
                    Pod pod = container.pod();
                    return pod == null ? "" : part.apply(pod);
                });
    }

    /** One mount, by position or by a glob on its source or, for the source, its destination. */
    private static Reader mountText(
            String argument, boolean bySource, Function<Mount, String> part) {
        boolean byIndex = !argument.isEmpty() && argument.chars().allMatch(Character::isDigit);
        int index = byIndex ? Integer.parseInt(argument) : -1;
        Glob glob = new Glob(Text.of(argument), false);
        return text(
                container -> {
                    if (byIndex) {
                        boolean there = index < container.mounts().size();
                        return there ? part.apply(container.mounts().get(index)) : "";
                    }
                    for (Mount mount : container.mounts()) {
                        Text key = Text.of(bySource ? mount.source() : mount.destination());
                        if (glob.matches(key.array(), 0, key.length())) {
                            return part.apply(mount);
                        }
                    }
                    return "";
                });
    }

    private static String mount(Mount mount) {
        return String.join(
                ":",
                mount.source(),
                mount.destination(),
                mount.mode(),
                String.valueOf(mount.writable()),
                mount.propagation());
    }

    private static String mounts(Container container) {
        return String.join(",", container.mounts().stream().map(ContainerFields::mount).toList());
    }

    /** One side of {@code Kind/name}. */
    private static String workload(Pod pod, boolean kind) {
        int slash = pod.workload().indexOf('/');
        if (slash < 0) {
            return "";
        }
        return kind ? pod.workload().substring(0, slash) : pod.workload().substring(slash + 1);
    }

    private static String labels(Map<String, String> labels) {
        return String.join(
                ", ",
                new TreeMap<>(labels)
                        .entrySet().stream().map(e -> e.getKey() + ":" + e.getValue()).toList());
    }

    /**
     * Turns a string of a container into bytes once per container. Containers are immutable and
     * few, so a small table by identity serves every event without converting again.
     */
    private static final class Cached implements Reader {
        private static final int SLOTS = 256;

        private final Function<Container, String> part;
        private final @Nullable Container[] keys = new Container[SLOTS];
        private final Text[] texts = new Text[SLOTS];

        Cached(Function<Container, String> part) {
            this.part = part;
        }

        @Override
        @SuppressWarnings("ReferenceEquality") // an equal container is converted once more, no harm
        public boolean read(Observation o, Value value) {
            Container container = o.container();
            if (container == null) {
                return false;
            }
            int slot = System.identityHashCode(container) & SLOTS - 1;
            if (keys[slot] != container) {
                keys[slot] = container;
                texts[slot] = Text.of(part.apply(container));
            }
            return !texts[slot].isEmpty() && value.text(texts[slot]);
        }
    }
}
