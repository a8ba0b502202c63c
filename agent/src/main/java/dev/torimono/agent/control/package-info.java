/** What people on the machine ask of a running agent: over a socket, within guards, audited. */
package dev.torimono.agent.control;
