// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors

/** From text to nodes: JSON, YAML, HCL; hostile input is bounded and refused with its place. */
@org.jspecify.annotations.NullMarked
package dev.torimono.instrument.read;
