// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.model;

/**
 * Is told where cgroups belong as soon as anyone knows, so that a source can leave out events of
 * the wrong {@linkplain Interest#places() place}. What it is not told it must let through.
 */
@FunctionalInterface
public interface PlaceSink {
    /** For sources that look at no place. */
    PlaceSink NONE = (cgroup, container) -> {};

    /**
     * A cgroup became known.
     *
     * @param cgroup its number, as events give it
     * @param container whether it is a container's; the host's otherwise
     */
    void place(long cgroup, boolean container);
}
