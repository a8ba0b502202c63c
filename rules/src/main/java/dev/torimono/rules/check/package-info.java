// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
/** Tests of rules: events described in YAML in, findings out. No part of loading or matching. */
@org.jspecify.annotations.NullMarked
package dev.torimono.rules.check;
