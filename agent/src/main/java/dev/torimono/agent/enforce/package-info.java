/**
 * The strong arm inside the agent: which containers are armed, what becomes of held execs, and
 * drift from the event to the alert.
 */
@org.jspecify.annotations.NullMarked
package dev.torimono.agent.enforce;
