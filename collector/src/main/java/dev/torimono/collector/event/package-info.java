// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors

/** Events as JSON: how an alert becomes one, and what can be asked of it. */
@org.jspecify.annotations.NullMarked
package dev.torimono.collector.event;
