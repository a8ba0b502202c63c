/** What this agent told, kept on its machine: for what-if reports and exceptions. */
package dev.torimono.agent.journal;
