/** Hold of single processes by pidfd: signals that can only reach the process that was meant. */
@org.jspecify.annotations.NullMarked
package dev.torimono.sensor.process;
