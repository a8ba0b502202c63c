// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host;

import dev.torimono.host.container.RuntimeClient;
import dev.torimono.host.cri.CriClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Ends containers by the interface through which Kubernetes has them begun, so that their runtime
 * knows of it. A kubelet begins them anew where the pod says so.
 */
public final class CriStop {
    private final List<Path> sockets;

    /**
     * @param cri sockets of containerd and CRI-O; empty for the usual places
     */
    public CriStop(List<Path> cri) {
        sockets = RuntimeSockets.cris(cri).stream().map(RuntimeClient::socket).toList();
    }

    /**
     * Has a container ended; blocks until it is.
     *
     * @param fullId its id, all of it
     * @param graceSeconds how long it may take to end by itself; 0 kills it at once
     * @return false when no runtime knows such a container
     * @throws IOException when a runtime does not answer, or refuses; its message says which
     */
    public boolean stop(String fullId, int graceSeconds) throws IOException {
        for (Path socket : sockets) {
            if (Files.exists(socket) && CriClient.stop(socket, fullId, graceSeconds)) {
                return true;
            }
        }
        return false;
    }
}
