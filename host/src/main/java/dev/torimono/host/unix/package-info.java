/** Sockets of this machine, with deadlines. */
package dev.torimono.host.unix;
