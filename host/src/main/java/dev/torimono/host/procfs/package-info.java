/**
 * What /proc tells of a task: formats, clock ticks, terminals. Stateless but for one buffer and the
 * pool of texts; knows no table and no event.
 */
package dev.torimono.host.procfs;
