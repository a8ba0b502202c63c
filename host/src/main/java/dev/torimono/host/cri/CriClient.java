// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.cri;

import dev.torimono.host.container.RuntimeClient;
import dev.torimono.host.grpc.GrpcException;
import dev.torimono.model.Container;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A runtime that speaks CRI, and containerd's own interface where it is containerd. Changes come
 * from the runtime's stream of events; where it has none (CRI-O leaves it off by default) it is
 * asked every ten seconds, and at once for every container that is seen.
 */
public final class CriClient implements RuntimeClient {
    static final String CONTAINERD = "containerd";
    static final String CRI_O = "cri-o";

    /** What containerd's CRI marks a pod's container with, beside the sandbox. */
    private static final String KIND = "io.cri-containerd.kind";

    private static final String IN_POD = "container";
    private static final String ID = "[A-Za-z0-9][A-Za-z0-9_.-]{0,127}";

    private final Path socket;
    private final String runtime;
    private final Calls calls;
    private final Cri cri;
    private final Containerd containerd;
    private final Polling polling;
    private volatile @Nullable Changes changes;
    private boolean servesCri;

    /**
     * @param socket where it listens
     * @param runtime {@code containerd} or {@code cri-o}: whose cgroups it answers for
     */
    public CriClient(Path socket, String runtime) {
        this.socket = socket;
        this.runtime = runtime;
        calls = new Calls(socket);
        cri = new Cri(calls);
        containerd = new Containerd(calls);
        polling = new Polling(cri);
    }

    /**
     * Ends a container over a connection of its own, so that it may be called by any thread.
     *
     * @param graceSeconds how long it may take to end by itself; 0 kills it at once
     * @return false when the socket serves no CRI or knows no such container
     * @throws IOException when it does not answer, or refuses
     */
    public static boolean stop(Path socket, String fullId, int graceSeconds) throws IOException {
        if (!fullId.matches(ID)) {
            return false;
        }
        try (Calls calls = Calls.patient(socket, graceSeconds * 1000L)) {
            return new Cri(calls).stop(fullId, graceSeconds);
        } catch (GrpcException e) {
            if (e.unimplemented()) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public String runtime() {
        return runtime;
    }

    @Override
    public Path socket() {
        return socket;
    }

    @Override
    public String version() throws IOException {
        Cri.Version version = cri.version();
        if (version != null) {
            return version.version();
        }
        return isContainerd() ? containerd.version() : "";
    }

    @Override
    public void connect() throws IOException {
        close();
        servesCri = cri.version() != null;
        if (!servesCri && !isContainerd()) {
            throw new IOException("it does not speak CRI, version 1");
        }
        changes = isContainerd() ? Changes.ofContainerd(socket) : Changes.ofCri(socket);
    }

    @Override
    public List<Container> list() throws IOException {
        List<Container> containers = new ArrayList<>();
        if (servesCri) {
            List<String> ids = cri.ids();
            polling.begin(ids);
            for (String id : ids) {
                Container container = cri.container(id, runtime);
                // Ended between the list and the question.
                if (container != null) {
                    containers.add(container);
                }
            }
        }
        if (isContainerd()) {
            containers.addAll(containerd.list());
        }
        return containers;
    }

    @Override
    public @Nullable Container inspect(String fullId) throws IOException {
        // The id comes from a cgroup path, which a container may have named itself.
        if (!fullId.matches(ID)) {
            return null;
        }
        boolean hex = fullId.matches("[0-9a-f]{64}");
        Container known = servesCri && hex ? cri.container(fullId, runtime) : null;
        if (known != null || !isContainerd()) {
            return known;
        }
        // A sandbox that is just being made is not in CRI yet; what ctr or nerdctl made never is.
        Container kept = containerd.find(fullId);
        boolean early = servesCri && kept != null && IN_POD.equals(kept.labels().get(KIND));
        // A pod's container will be there before it runs, and is then described with its pod.
        return early ? null : kept;
    }

    @Override
    public @Nullable Change next(long timeoutMs) throws IOException {
        Changes stream = changes;
        if (stream == null) {
            return polling.next(timeoutMs);
        }
        try {
            return stream.next(timeoutMs);
        } catch (GrpcException none) {
            if (isContainerd()) {
                throw none;
            }
            changes = null;
            stream.close();
            return null;
        }
    }

    @Override
    public void wake() {
        Changes stream = changes;
        if (stream != null) {
            stream.wake();
        }
        polling.wake();
    }

    @Override
    public void close() {
        Changes stream = changes;
        changes = null;
        try (stream;
                calls) {
            servesCri = false;
        } catch (IOException e) {
            throw new UncheckedIOException(name() + ": close failed", e);
        }
    }

    private boolean isContainerd() {
        return runtime.equals(CONTAINERD);
    }
}
