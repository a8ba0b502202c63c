/** What policies would have done: judged over findings that were recorded, not seen again. */
package dev.torimono.response.past;
