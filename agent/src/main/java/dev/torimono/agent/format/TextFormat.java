// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.format;

import dev.torimono.model.Alert;
import dev.torimono.model.Finding;
import java.time.ZoneId;

/** Falco's one line of text: time, priority, message; escaped so that it stays one line. */
public final class TextFormat implements AlertFormat {
    private final boolean isoTime;
    private final Clock clock;

    public TextFormat(AlertShape shape, ZoneId zone) {
        this.isoTime = shape.isoTime();
        this.clock = new Clock(zone);
    }

    @Override
    public String contentType() {
        return "text/plain; charset=utf-8";
    }

    @Override
    public byte[] render(Alert alert) {
        String standing =
                switch (alert.standing()) {
                    case WHOLE -> "";
                    case PENDING -> " (pending " + alert.id() + ")";
                    case COMPLETED -> " (completes " + alert.id() + ")";
                };
        return new JsonWriter().escaped(line(alert.finding(), isoTime, clock) + standing).toBytes();
    }

    /** The line before escaping, which is also JSON's {@code output}. */
    static String line(Finding finding, boolean isoTime, Clock clock) {
        String time =
                isoTime ? clock.utcWithOffset(finding.timeNs()) : clock.timeOfDay(finding.timeNs());
        return time + ": " + finding.priority().label() + " " + finding.message();
    }
}
