// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors

/**
 * Turns kernel activity and captures into events. The only C and the only native calls; judges
 * nothing.
 */
@org.jspecify.annotations.NullMarked
module dev.torimono.sensor {
    requires static org.jspecify;
    requires transitive dev.torimono.model;

    exports dev.torimono.sensor;
    exports dev.torimono.sensor.process;
    exports dev.torimono.sensor.scap;
    exports dev.torimono.sensor.seccomp;
}
