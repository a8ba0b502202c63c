/** Policies inside the agent: loaded beside those in force, decided with, and told of. */
package dev.torimono.agent.policy;
