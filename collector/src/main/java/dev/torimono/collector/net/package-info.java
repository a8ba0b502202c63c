// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors

/** What every call to somebody else has in common. */
@org.jspecify.annotations.NullMarked
package dev.torimono.collector.net;
