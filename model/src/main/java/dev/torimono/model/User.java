// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.model;

/**
 * An account.
 *
 * @param uid user id
 * @param gid primary group
 * @param name account name
 * @param home home directory
 * @param shell login shell
 */
public record User(long uid, long gid, Text name, Text home, Text shell) {}
