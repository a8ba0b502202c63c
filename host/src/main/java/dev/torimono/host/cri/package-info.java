/**
 * Containers and pods as Kubernetes' Container Runtime Interface describes them: CRI-O, and
 * containerd, whose own interface also knows what was not started by Kubernetes.
 */
package dev.torimono.host.cri;
