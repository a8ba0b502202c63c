/** Policy files as text: cut into policies, compared, and changed without touching the rest. */
package dev.torimono.response.source;
