// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.container;

/**
 * What a cgroup path says of the container in it.
 *
 * @param runtime {@code docker}, {@code containerd}, {@code cri-o}, {@code podman}, {@code lxc} or
 *     {@code systemd-nspawn}
 * @param id the runtime's full id: 64 hex digits, or a name for runtimes that have no ids
 * @param podUid uid of the Kubernetes pod; empty outside Kubernetes
 */
public record Placement(String runtime, String id, String podUid) {}
