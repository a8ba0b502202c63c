// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent;

import dev.torimono.host.Host;
import dev.torimono.model.Text;
import dev.torimono.sensor.seccomp.Covered;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where covered programs are told to be, and what their containers are called, as far as launchers
 * know. Any thread.
 */
final class TaskNames implements Function<String, @Nullable String> {
    /** Given by ECS to every container. */
    static final String METADATA = "ECS_CONTAINER_METADATA_URI_V4";

    private static final String PLACE = "/torimono/";
    private static final int REMEMBERED = 1024;

    private final Map<String, String> names =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
                    return size() > REMEMBERED;
                }
            };

    private Consumer<String> listener = _ -> {};

    /** The path of /proc where that shows a container, else one of our own making. */
    Text place(Covered covered, Text proc) {
        String id = Host.containerId(proc);
        Text path = proc;
        if (id == null) {
            id = id(covered);
            path = Text.of(PLACE + id);
        }
        if (!covered.container().isEmpty()) {
            learn(id, covered.container());
        }
        return path;
    }

    private void learn(String id, String name) {
        Consumer<String> told;
        synchronized (names) {
            if (name.equals(names.put(id, name))) {
                return;
            }
            told = listener;
        }
        told.accept(id);
    }

    /** Takes the full ids of containers whose names are told from now on. */
    void whenLearned(Consumer<String> taker) {
        synchronized (names) {
            listener = taker;
        }
    }

    private static String id(Covered covered) {
        String id =
                !covered.containerId().isEmpty()
                        ? covered.containerId()
                        : !covered.container().isEmpty()
                                ? covered.container()
                                : "pid-" + covered.pid();
        return id.replace('/', '_');
    }

    @Override
    public @Nullable String apply(String fullId) {
        synchronized (names) {
            return names.get(fullId);
        }
    }

    /** Where the metadata is; null for none, or for none that can be asked. */
    static @Nullable URI endpoint(String uri) {
        try {
            return uri.startsWith("http://") ? new URI(uri) : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }
}
