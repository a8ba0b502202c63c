// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.output;

import dev.torimono.agent.Alerts;
import dev.torimono.agent.format.AlertShape;
import dev.torimono.agent.format.JsonFormat;
import dev.torimono.agent.format.TextFormat;
import java.time.ZoneOffset;

/** Lines for tests of single outputs. */
final class Lines {
    private Lines() {}

    static Line text(String message) {
        return new Line(Alerts.saying(message), new TextFormat(AlertShape.DEFAULT, ZoneOffset.UTC));
    }

    static Line json(String message) {
        return new Line(Alerts.saying(message), new JsonFormat(AlertShape.DEFAULT, ZoneOffset.UTC));
    }
}
