/**
 * libbpf by the foreign function interface: objects, maps, programs, links and ring buffers. Knows
 * nothing of what the programs do.
 */
@org.jspecify.annotations.NullMarked
package dev.torimono.sensor.bpf;
