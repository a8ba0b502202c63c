// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.fleet;

import dev.torimono.model.Container;
import dev.torimono.model.Enforcement.Armed;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The containers of this machine as the collector is told of them: what scopes ask, and since when
 * each is armed. Bounded: a machine full of containers must not make a report that nobody takes.
 */
public final class Inventory {
    /** More are counted and not described. */
    static final int MOST = 1000;

    /** Labels of one container or pod; more are left out. */
    static final int MOST_LABELS = 64;

    static final int MOST_CHARS = 512;

    /** Characters of all of them together. */
    static final int ROOM_CHARS = 1 << 20;

    private Inventory() {}

    /**
     * The same for the same containers, in whatever order they come.
     *
     * @return {@code total}, how many of them are {@code pending}, and {@code list} of as many as
     *     there is room for
     */
    public static Map<String, Object> of(List<Container> containers, List<Armed> armed) {
        Map<String, Armed> byId = new HashMap<>();
        armed.forEach(one -> byId.put(one.container(), one));
        List<Object> list = new ArrayList<>();
        int chars = 0;
        for (Container container :
                containers.stream().sorted(Comparator.comparing(Container::fullId)).toList()) {
            Map<String, Object> told = container(container, byId.get(container.fullId()));
            chars += told.toString().length();
            if (list.size() == MOST || chars > ROOM_CHARS) {
                break;
            }
            list.add(told);
        }
        Map<String, Object> all = new TreeMap<>();
        all.put("total", (long) containers.size());
        all.put("pending", containers.stream().filter(Container::pending).count());
        all.put("list", list);
        return all;
    }

    private static Map<String, Object> container(Container container, @Nullable Armed armed) {
        Map<String, Object> told = new TreeMap<>();
        told.put("id", container.fullId());
        put(told, "name", container.name());
        put(told, "runtime", container.runtime());
        put(told, "image", container.image());
        put(told, "imageId", container.imageId());
        put(told, "repository", container.imageRepository());
        put(told, "tag", container.imageTag());
        put(told, "digest", container.imageDigest());
        put(told, "ip", container.ip());
        if (container.privileged() != null) {
            told.put("privileged", container.privileged());
        }
        flag(told, "hostPid", container.hostPid());
        flag(told, "hostNetwork", container.hostNetwork());
        flag(told, "hostIpc", container.hostIpc());
        flag(told, "pending", container.pending());
        if (container.createdNs() != 0) {
            told.put("createdNs", container.createdNs());
        }
        labels(told, container.labels());
        Container.Pod pod = container.pod();
        if (pod != null) {
            told.put("pod", pod(pod));
        }
        if (armed != null) {
            told.put("armed", armed(armed));
        }
        return told;
    }

    private static Map<String, Object> pod(Container.Pod pod) {
        Map<String, Object> told = new TreeMap<>();
        put(told, "name", pod.name());
        put(told, "namespace", pod.namespace());
        put(told, "uid", pod.uid());
        put(told, "ip", pod.ip());
        labels(told, pod.labels());
        return told;
    }

    private static Map<String, Object> armed(Armed armed) {
        Map<String, Object> told = new TreeMap<>();
        told.put("sinceNs", armed.sinceNs());
        told.put("mounts", (long) armed.mounts());
        put(told, "storage", armed.storage());
        put(told, "trouble", armed.trouble());
        return told;
    }

    private static void labels(Map<String, Object> told, Map<String, String> labels) {
        Map<String, Object> kept = new TreeMap<>();
        new TreeMap<>(labels)
                .entrySet().stream()
                        .limit(MOST_LABELS)
                        .forEach(label -> kept.put(cut(label.getKey()), cut(label.getValue())));
        if (!kept.isEmpty()) {
            told.put("labels", kept);
        }
    }

    private static void put(Map<String, Object> told, String name, String value) {
        if (!value.isEmpty()) {
            told.put(name, cut(value));
        }
    }

    private static void flag(Map<String, Object> told, String name, boolean value) {
        if (value) {
            told.put(name, true);
        }
    }

    private static String cut(String text) {
        return text.length() > MOST_CHARS ? text.substring(0, MOST_CHARS) : text;
    }
}
