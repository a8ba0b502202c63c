// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

/** How cgroups are mounted on a host. */
public enum CgroupMode {
    NONE,
    V1,
    /** v1 controllers with an empty v2 hierarchy beside them. */
    HYBRID,
    V2;

    /** Whether containers share one v2 cgroup, so that a v1 controller has to tell them apart. */
    public boolean legacy() {
        return this == V1 || this == HYBRID;
    }
}
