// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.cli;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whether a command means the policies of a collector instead of files on this machine. */
final class FleetOptions {
    @Option(
            names = "--fleet",
            description =
                    "The policies of the collector, for all its agents; --collector and the other"
                            + " options of collectors say which.")
    private boolean fleet;

    @Mixin private CollectorOptions collector = new CollectorOptions();

    boolean isMeant() {
        return fleet || collector.isElsewhere();
    }

    FleetPolicies policies() {
        return new FleetPolicies(collector);
    }
}
