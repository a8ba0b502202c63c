// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.ecs;

import dev.torimono.host.container.RuntimeClient;
import dev.torimono.model.Container;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The containers of our own task: as the metadata endpoint of ECS (version 4) describes them, else
 * by the names that their launchers gave.
 */
public final class TaskClient implements RuntimeClient {
    private static final int TIMEOUT_MS = 2000;
    private static final int MOST_BYTES = 4 << 20;
    private static final long RETRY_NS = 5_000_000_000L;

    /** A task has ten containers at most. */
    private static final int MOST_LEARNED = 1024;

    private final @Nullable URI endpoint;
    private final Function<String, @Nullable String> names;
    private final JsonMapper mapper = new JsonMapper();
    private final Object woken = new Object();
    private final Queue<String> learned = new ArrayDeque<>();
    private boolean wake;

    /** Of containers that were asked for while the endpoint failed; the watch's thread. */
    private final Set<String> owed = new LinkedHashSet<>();

    private final Consumer<String> log;
    private final long pauseNs;
    private boolean failed;
    private long retryNs;

    /**
     * @param endpoint what {@code ECS_CONTAINER_METADATA_URI_V4} says; null outside ECS
     * @param names the name of a container by its full id, as its launcher told; any thread
     * @param log takes a line when the endpoint begins to fail, and when it answers again
     */
    public TaskClient(
            @Nullable URI endpoint,
            Function<String, @Nullable String> names,
            Consumer<String> log) {
        this(endpoint, names, log, RETRY_NS);
    }

    TaskClient(
            @Nullable URI endpoint,
            Function<String, @Nullable String> names,
            Consumer<String> log,
            long pauseNs) {
        this.log = log;
        this.pauseNs = pauseNs;
        this.endpoint = endpoint;
        this.names = names;
    }

    @Override
    public String runtime() {
        return TaskMetadata.RUNTIME;
    }

    /** Of no runtime: there is none to be asked. */
    @Override
    public Path socket() {
        return Path.of("/");
    }

    @Override
    public String name() {
        return endpoint == null ? "launchers" : "ecs metadata at " + endpoint;
    }

    /** There is nobody else: whatever runtime a path hints at. */
    @Override
    public boolean answersFor(String of) {
        return true;
    }

    @Override
    public boolean present() {
        return true;
    }

    @Override
    public String version() {
        return endpoint == null ? "" : "v4";
    }

    @Override
    public void connect() {
        // Each question is a request of its own.
    }

    /** Never fails: what launchers told would wait for the endpoint otherwise. */
    @Override
    public List<Container> list() {
        if (endpoint == null || (failed && System.nanoTime() - retryNs < 0)) {
            return List.of();
        }
        String why;
        try {
            List<Container> all = TaskMetadata.containers(mapper.readTree(ask()));
            answered();
            return all;
        } catch (JacksonException e) {
            why = "its answer is no JSON: " + e.getOriginalMessage();
        } catch (IOException e) {
            why = String.valueOf(e.getMessage());
        }
        if (!failed) {
            log.accept(name() + ": " + why + "; containers have the names that launchers tell");
        }
        failed = true;
        retryNs = System.nanoTime() + pauseNs;
        return List.of();
    }

    private void answered() {
        if (failed) {
            log.accept(name() + ": answers again");
        }
        failed = false;
        owed.forEach(this::learned);
        owed.clear();
    }

    private byte[] ask() throws IOException {
        URI task = URI.create(endpoint + "/task");
        HttpURLConnection call = (HttpURLConnection) task.toURL().openConnection(Proxy.NO_PROXY);
        call.setConnectTimeout(TIMEOUT_MS);
        call.setReadTimeout(TIMEOUT_MS);
        call.setInstanceFollowRedirects(false);
        try {
            if (call.getResponseCode() != HttpURLConnection.HTTP_OK) {
                throw new IOException("answered " + call.getResponseCode());
            }
            try (InputStream body = call.getInputStream()) {
                byte[] bytes = body.readNBytes(MOST_BYTES + 1);
                if (bytes.length > MOST_BYTES) {
                    throw new IOException("answer longer than " + MOST_BYTES + " bytes");
                }
                return bytes;
            }
        } finally {
            call.disconnect();
        }
    }

    @Override
    public @Nullable Container inspect(String fullId) {
        String name = names.apply(fullId);
        List<Container> all = list();
        for (Container each : all) {
            if (each.fullId().equals(fullId)) {
                return each;
            }
        }
        // Where its id could not be told, a launcher is known by the container's name.
        for (Container each : all) {
            if (each.name().equals(name) || each.name().equals(fullId)) {
                return as(fullId, each);
            }
        }
        if (failed && owed.size() < MOST_LEARNED) {
            owed.add(fullId);
        }
        // The name alone is better than nothing.
        return name == null ? null : TaskMetadata.named(fullId, name);
    }

    private static Container as(String fullId, Container of) {
        return new Container(
                of.id(),
                fullId,
                of.name(),
                of.runtime(),
                of.image(),
                of.imageId(),
                of.imageRepository(),
                of.imageTag(),
                of.imageDigest(),
                of.privileged(),
                of.labels(),
                of.mounts(),
                of.ip(),
                of.createdNs(),
                false,
                false,
                false,
                "",
                null,
                false);
    }

    /**
     * A launcher has told a container's name. Its processes may have been seen, and its id asked
     * for, before that: the answer was that nobody knows it. Any thread.
     */
    public void learned(String fullId) {
        synchronized (woken) {
            if (learned.size() < MOST_LEARNED) {
                learned.add(fullId);
            }
            woken.notifyAll();
        }
    }

    /**
     * Only names are told by themselves, and what an endpoint that had failed owes; containers of a
     * task all exist before the task runs.
     */
    @Override
    public @Nullable Change next(long timeoutMs) {
        if (!owed.isEmpty()) {
            list();
        }
        long end = System.nanoTime() + timeoutMs * 1_000_000;
        synchronized (woken) {
            try {
                for (long left = timeoutMs; left > 0 && !wake && learned.isEmpty(); ) {
                    woken.wait(left);
                    left = (end - System.nanoTime()) / 1_000_000;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            wake = false;
            String named = learned.poll();
            return named == null ? null : new Change(Change.Kind.CHANGED, named);
        }
    }

    @Override
    public void wake() {
        synchronized (woken) {
            wake = true;
            woken.notifyAll();
        }
    }

    @Override
    public void close() {
        wake();
    }
}
