// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.seccomp;

/**
 * A covered program, by its launcher's own words: it runs in the container that it speaks of, so it
 * may lie about its name.
 *
 * @param container name of the container; empty when nobody said it
 * @param containerId the runtime's id, where the platform tells it; else empty
 * @param program what was begun
 * @param pid its process, or its keeper's
 */
public record Covered(String container, String containerId, String program, long pid) {
    static Covered of(Talk hello, long pid) {
        return new Covered(hello.text(0), hello.text(1), hello.text(2), pid);
    }
}
