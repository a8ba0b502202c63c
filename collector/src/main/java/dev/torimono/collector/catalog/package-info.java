// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors

/** What agents are to enforce: policies, rules, lists and macros as one bundle that is sound. */
@org.jspecify.annotations.NullMarked
package dev.torimono.collector.catalog;
