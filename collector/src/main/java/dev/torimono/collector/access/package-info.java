// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors

/** Who may what: accounts, passwords, tokens, access keys, the certificate. Knows no HTTP. */
@org.jspecify.annotations.NullMarked
package dev.torimono.collector.access;
