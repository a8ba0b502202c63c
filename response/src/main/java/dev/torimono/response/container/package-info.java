/** Acts on containers: through an engine's API, else through their cgroups. */
package dev.torimono.response.container;
