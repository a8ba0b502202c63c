/**
 * Holds execs of armed containers until they are judged: fanotify for what lies on their mounts, a
 * stop signal from the kernel side for the rest. Judges nothing.
 */
@org.jspecify.annotations.NullMarked
package dev.torimono.sensor.gate;
