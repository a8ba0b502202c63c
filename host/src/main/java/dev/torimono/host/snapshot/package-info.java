// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
/** The living machine told as a capture tells it at its beginning. Reads only. */
package dev.torimono.host.snapshot;
