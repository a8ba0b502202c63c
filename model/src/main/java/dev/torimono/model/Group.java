// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.model;

/**
 * A group of accounts.
 *
 * @param gid group id
 * @param name group name
 */
public record Group(long gid, Text name) {}
