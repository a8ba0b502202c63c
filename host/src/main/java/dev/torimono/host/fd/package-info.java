/**
 * What a file descriptor refers to: as the kernel resolved it in the record, else as /proc has it.
 * Keeps no mirror of anybody's descriptor table.
 */
package dev.torimono.host.fd;
