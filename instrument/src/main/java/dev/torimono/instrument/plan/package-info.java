// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors

/** What launcher and sidecar need of each kind of definition, and how to take it out again. */
@org.jspecify.annotations.NullMarked
package dev.torimono.instrument.plan;
