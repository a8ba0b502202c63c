/**
 * From a cgroup to its container: the path's meaning, the table of containers, and the threads that
 * ask runtimes. A further runtime implements {@link dev.torimono.host.container.RuntimeClient}.
 */
package dev.torimono.host.container;
