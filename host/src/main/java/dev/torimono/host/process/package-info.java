/**
 * The process table and what each event does to it: fork, exec, exit, session, lineage. Owned by
 * the pipeline's thread. Reading /proc and knowing containers are other rooms' work.
 */
package dev.torimono.host.process;
