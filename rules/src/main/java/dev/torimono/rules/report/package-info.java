// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
/** What people and programs are told of rules: load reports, explanations, lists, differences. */
@org.jspecify.annotations.NullMarked
package dev.torimono.rules.report;
