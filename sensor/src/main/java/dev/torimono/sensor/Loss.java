// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import dev.torimono.model.EventType;
import org.jspecify.annotations.Nullable;

/**
 * Events that were lost since the start, by who caused them.
 *
 * @param type which; null when they were too many to tell apart
 * @param cgroup id of the cgroup; then 0
 * @param pid the process that caused the last one
 * @param count how many
 */
public record Loss(@Nullable EventType type, long cgroup, long pid, long count) {}
