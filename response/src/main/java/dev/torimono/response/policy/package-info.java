/** Policies as they are written: values without a node to hold on. */
package dev.torimono.response.policy;
