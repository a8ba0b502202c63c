// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

/**
 * Whether something works on this machine, found by trying it.
 *
 * @param works whether it loaded and attached
 * @param reason why not; empty when it works
 */
public record Support(boolean works, String reason) {
    static final Support YES = new Support(true, "");

    static Support no(String reason) {
        return new Support(false, reason);
    }
}
