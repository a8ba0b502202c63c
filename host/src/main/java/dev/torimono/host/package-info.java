/**
 * Who did it: one {@link dev.torimono.host.Host} turns each event into an observation. Its rooms:
 * process (the table and what events do to it), procfs (what /proc tells), container (cgroup to
 * container, and the runtimes' answers), docker, cri (the runtimes' APIs), grpc and unix (how they
 * are spoken), account (names of users), fd (what a descriptor refers to), capture (the same for
 * foreign captures). Nothing here judges.
 */
package dev.torimono.host;
