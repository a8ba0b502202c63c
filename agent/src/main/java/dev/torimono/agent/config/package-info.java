/**
 * What the agent is told to do: files, environment and flags, merged into typed records. Every key
 * stands in {@link dev.torimono.agent.config.Keys}; nothing here acts on what it reads.
 */
package dev.torimono.agent.config;
