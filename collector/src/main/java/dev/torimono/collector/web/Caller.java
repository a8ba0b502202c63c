// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.web;

import dev.torimono.collector.access.Role;
import org.jspecify.annotations.Nullable;

/**
 * Who calls.
 *
 * @param name account, agent id, or name of the key
 * @param role of an account; null for machines
 */
public record Caller(String name, @Nullable Role role) {
    public static final Caller NOBODY = new Caller("", null);
}
