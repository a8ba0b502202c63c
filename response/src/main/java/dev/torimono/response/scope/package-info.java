/** Where policies hold: the condition language over what stays true of a container. */
package dev.torimono.response.scope;
