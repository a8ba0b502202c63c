// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.cli;

import dev.torimono.agent.config.AgentConfig;
import dev.torimono.agent.format.AlertFormat;
import dev.torimono.agent.format.JsonFormat;
import dev.torimono.agent.format.TextFormat;
import java.time.ZoneId;

/** How alerts look, as the configuration wants them. */
final class Formats {
    private Formats() {}

    /** One alert a line. */
    static AlertFormat ofLines(AgentConfig config) {
        ZoneId zone = ZoneId.systemDefault();
        return config.alerts().json()
                ? new JsonFormat(config.alerts().shape(), zone)
                : new TextFormat(config.alerts().shape(), zone);
    }
}
