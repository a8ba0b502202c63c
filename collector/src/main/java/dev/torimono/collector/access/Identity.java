// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.access;

/**
 * Who calls.
 *
 * @param account its name
 * @param role what it may do
 */
public record Identity(String account, Role role) {}
