// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors

/**
 * Captures in the .scap format of sysdig and Falco: reading, all versions of every block, and
 * conversion of old events to the current model. What the events mean for the state of the machine
 * is the host's business.
 */
package dev.torimono.sensor.scap;
