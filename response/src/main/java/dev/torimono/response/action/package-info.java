/** Ends processes within guards: by a hold on the very process, alone or with its tree. */
package dev.torimono.response.action;
