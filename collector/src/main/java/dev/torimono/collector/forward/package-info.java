// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors

/**
 * Hands events on to other systems: each forwarder reads on in the store from where it had come,
 * and goes on when its target has taken what was handed over. Nothing is copied or queued besides.
 */
@org.jspecify.annotations.NullMarked
package dev.torimono.collector.forward;
