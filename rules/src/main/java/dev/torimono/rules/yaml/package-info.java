// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
/** YAML as far as every reader of it needs the same; what a text means is theirs. */
@org.jspecify.annotations.NullMarked
package dev.torimono.rules.yaml;
