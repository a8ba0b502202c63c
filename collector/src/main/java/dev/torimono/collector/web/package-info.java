// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors

/** HTTP: routes, who may use them, and what errors look like. Knows no endpoint's meaning. */
@org.jspecify.annotations.NullMarked
package dev.torimono.collector.web;
