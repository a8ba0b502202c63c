// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors

/** A browser for scenarios, driven as a person drives it: by names, the mouse and the keyboard. */
package dev.torimono.e2e.browser;
