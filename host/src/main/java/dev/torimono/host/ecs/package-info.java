/**
 * Containers of a task where no runtime can be asked: the metadata endpoint of ECS, or names only.
 */
package dev.torimono.host.ecs;
