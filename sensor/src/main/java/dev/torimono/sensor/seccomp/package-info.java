/**
 * Events of programs that the launcher began, where there is no access to the kernel: calls that
 * wait for our answer. The launcher itself is in {@code sensor/src/main/launcher}.
 */
package dev.torimono.sensor.seccomp;
