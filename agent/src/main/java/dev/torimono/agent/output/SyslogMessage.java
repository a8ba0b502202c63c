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

    /** Who speaks, in syslog's terms. */
    public enum Facility {
        USER(1),
        DAEMON(3),
        AUTH(4),
        AUTHPRIV(10),
        LOCAL0(16),
        LOCAL1(17),
        LOCAL2(18),
        LOCAL3(19),
        LOCAL4(20),
        LOCAL5(21),
        LOCAL6(22),
        LOCAL7(23);

        private final int code;

        Facility(int code) {
            this.code = code;
        }
    }

    private final Standard standard;
    private final Facility facility;
    private final ZoneId zone;
    private final long pid;

    public SyslogMessage(Standard standard, Facility facility, ZoneId zone, long pid) {
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
        return "<" + (facility.code * 8 + line.priority().ordinal()) + ">";
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
