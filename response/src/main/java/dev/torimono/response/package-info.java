/** Carries decisions out on threads of its own and tells the alert what came of it. */
package dev.torimono.response;
