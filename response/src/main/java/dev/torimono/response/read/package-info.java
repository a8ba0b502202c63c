/** From YAML to policies, with a place for everything that is wrong. */
package dev.torimono.response.read;
