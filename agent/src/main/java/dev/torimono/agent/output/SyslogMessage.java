// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.output;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Frames an alert as one syslog message. */
public final class SyslogMessage {
    private static final String TAG = "torimono";
    private static final DateTimeFormatter BSD_TIME =
            DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss", Locale.ENGLISH);
    private static final DateTimeFormatter IETF_TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT);

    /** The two syslog formats there are. */
    public enum Standard {
        RFC3164,
        RFC5424
    }

    private final Standard standard;
    private final int facility;
    private final ZoneId zone;
    private final long pid;

    /**
     * @param facility number of the facility: 1 user, 16 local0 …
     */
    public SyslogMessage(Standard standard, int facility, ZoneId zone, long pid) {
        this.standard = standard;
        this.facility = facility;
        this.zone = zone;
        this.pid = pid;
    }

    Standard standard() {
        return standard;
    }

    /** {@code <12>}: facility and severity; Falco's priorities are syslog's severities. */
    String priority(Line line) {
        return "<" + (facility * 8 + line.priority().ordinal()) + ">";
    }

    byte[] of(Line line) {
        Instant time = Instant.ofEpochSecond(0, line.timeNs());
        String head =
                switch (standard) {
                    case RFC3164 ->
                            "%s%s %s %s[%d]: "
                                    .formatted(
                                            priority(line),
                                            BSD_TIME.format(time.atZone(zone)),
                                            line.hostname(),
                                            TAG,
                                            pid);
                    case RFC5424 ->
                            "%s1 %s %s %s %d - - "
                                    .formatted(
                                            priority(line),
                                            IETF_TIME.format(time.atZone(ZoneOffset.UTC)),
                                            line.hostname(),
                                            TAG,
                                            pid);
                };
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(head.getBytes(StandardCharsets.UTF_8));
        out.writeBytes(line.bytes());
        return out.toByteArray();
    }
}
