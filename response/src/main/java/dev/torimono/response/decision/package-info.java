/** What follows from a finding: policies made ready for a node, and what they decide together. */
package dev.torimono.response.decision;
