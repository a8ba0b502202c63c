// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors

/** The endpoints: what can be called, and what it means. */
@org.jspecify.annotations.NullMarked
package dev.torimono.collector.api;
