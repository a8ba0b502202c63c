// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
/** Captures of this machine: to a file as it happens, and of the recent past of a container. */
package dev.torimono.agent.capture;
