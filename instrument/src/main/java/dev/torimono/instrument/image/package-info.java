// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors

/** The entry point that an image has of its own. */
@org.jspecify.annotations.NullMarked
package dev.torimono.instrument.image;
