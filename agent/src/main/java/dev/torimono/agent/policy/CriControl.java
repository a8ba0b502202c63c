// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.policy;

import dev.torimono.host.CriStop;
import dev.torimono.model.Container;
import dev.torimono.response.container.ContainerControl;
import java.io.IOException;

/**
 * Stops and kills containers of Kubernetes through containerd or CRI-O. Their interface knows no
 * pause; that, and a runtime that does not answer, is left to the container's cgroup.
 */
public final class CriControl implements ContainerControl {
    private static final int GRACE_S = 10;

    private final CriStop runtimes;

    public CriControl(CriStop runtimes) {
        this.runtimes = runtimes;
    }

    @Override
    public String name() {
        return "cri";
    }

    @Override
    public Answer act(Operation operation, Container container, long pid) {
        return switch (operation) {
            case STOP -> stop(container, GRACE_S);
            case KILL -> stop(container, 0);
            case PAUSE, UNPAUSE, START -> new NotMine("CRI knows no " + lower(operation));
        };
    }

    private static String lower(Operation operation) {
        return operation.name().toLowerCase(java.util.Locale.ROOT);
    }

    private Answer stop(Container container, int graceSeconds) {
        try {
            return runtimes.stop(container.fullId(), graceSeconds)
                    ? new Done("")
                    : new NotMine("it knows no such container");
        } catch (IOException e) {
            return new NotMine(String.valueOf(e.getMessage()));
        }
    }
}
