/**
 * The Docker Engine API over a unix socket, which podman speaks too: a small HTTP client, the
 * stream of events, and the reading of its JSON. Used by one watching thread per daemon.
 */
package dev.torimono.host.docker;
