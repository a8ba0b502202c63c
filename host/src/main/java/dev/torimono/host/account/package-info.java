/**
 * Names of users and groups, from the files of the host and of each container. A container's files
 * are written by whoever is suspected: they are read bounded, below their root, on another thread.
 */
package dev.torimono.host.account;
