/** Event sources: {@link dev.torimono.sensor.KernelSensor} is the live one. */
@org.jspecify.annotations.NullMarked
package dev.torimono.sensor;
