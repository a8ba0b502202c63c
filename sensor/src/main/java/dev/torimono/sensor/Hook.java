// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

/**
 * One line of the attach plan.
 *
 * @param point where in the kernel
 * @param programType how: {@code tp_btf}, {@code fentry}, {@code lsm} …
 * @param why why there and not elsewhere
 * @param attached whether it is attached now
 */
public record Hook(String point, String programType, String why, boolean attached) {}
