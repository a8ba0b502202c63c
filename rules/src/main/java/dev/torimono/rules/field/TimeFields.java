// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.field;

import dev.torimono.model.Observation;
import dev.torimono.model.Text;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** When an event happened. Wall-clock fields are texts that outputs carry as numbers too. */
public final class TimeFields {
    private static final long SECOND = 1_000_000_000L;
    private static final int SECONDS_A_DAY = 86_400;
    private static final Text ZERO_LATENCY = Text.of("0ns");
    private static final Set<String> WALL_CLOCK =
            Set.of(
                    "evt.time",
                    "evt.time.s",
                    "evt.time.iso8601",
                    "evt.datetime",
                    "evt.datetime.s",
                    "evt.outputtime");

    private TimeFields() {}

    static @Nullable Reader of(String name) {
        return switch (name) {
            case "evt.time", "evt.outputtime" -> (o, v) -> clock(v.begin(), now(o), true).end();
            case "evt.time.s" -> (o, v) -> clock(v.begin(), now(o), false).end();
            case "evt.time.iso8601" -> (o, v) -> iso(v.begin(), now(o)).append("+0000").end();
            case "evt.datetime" -> (o, v) -> dateTime(v.begin(), now(o), true).end();
            case "evt.datetime.s" -> (o, v) -> dateTime(v.begin(), now(o), false).end();
            case "evt.rawtime" -> (o, v) -> v.number(now(o));
            case "evt.rawtime.s" -> (o, v) -> v.number(now(o) / SECOND);
            case "evt.rawtime.ns" -> (o, v) -> v.number(now(o) % SECOND);
            case "evt.reltime" -> (o, v) -> v.number(since(o));
            case "evt.reltime.s" -> (o, v) -> v.number(since(o) / SECOND);
            case "evt.reltime.ns" -> (o, v) -> v.number(since(o) % SECOND);
            case "evt.deltatime" -> (o, v) -> v.number(delta(o));
            case "evt.deltatime.s" -> (o, v) -> v.number(delta(o) / SECOND);
            case "evt.deltatime.ns" -> (o, v) -> v.number(delta(o) % SECOND);
            case "evt.latency", "evt.latency.s", "evt.latency.ns", "evt.wait_latency" ->
                    (o, v) -> v.number(0);
            case "evt.latency.human" -> (o, v) -> v.text(ZERO_LATENCY);
            default -> null;
        };
    }

    /** Whether a field prints a time of day but is a number, ns since the epoch, in JSON. */
    public static boolean isWallClock(Field field) {
        return WALL_CLOCK.contains(field.name());
    }

    private static long now(Observation o) {
        return o.event().timestampNs();
    }

    private static long since(Observation o) {
        return now(o) - o.firstTimestampNs();
    }

    private static long delta(Observation o) {
        return now(o) - o.previousTimestampNs();
    }

    /** Appends {@code HH:MM:SS[.nnnnnnnnn]}, local time. */
    public static Value clock(Value value, long timeNs, boolean nanos) {
        return clock(value, localSecond(timeNs), timeNs, nanos);
    }

    /** Appends {@code YYYY-MM-DD HH:MM:SS[.nnnnnnnnn]}, local time. */
    public static Value dateTime(Value value, long timeNs, boolean nanos) {
        long second = localSecond(timeNs);
        date(value, second).append(' ');
        return clock(value, second, timeNs, nanos);
    }

    /** Appends {@code YYYY-MM-DDTHH:MM:SS.nnnnnnnnn}, UTC, without zone. */
    public static Value iso(Value value, long timeNs) {
        long second = Math.floorDiv(timeNs, SECOND);
        date(value, second).append('T');
        return clock(value, second, timeNs, true);
    }

    private static long localSecond(long timeNs) {
        long second = Math.floorDiv(timeNs, SECOND);
        return second
                + ZoneId.systemDefault()
                        .getRules()
                        .getOffset(Instant.ofEpochSecond(second))
                        .getTotalSeconds();
    }

    private static Value date(Value value, long second) {
        LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(second, SECONDS_A_DAY));
        return value.appendPadded(date.getYear(), 4)
                .append('-')
                .appendPadded(date.getMonthValue(), 2)
                .append('-')
                .appendPadded(date.getDayOfMonth(), 2);
    }

    private static Value clock(Value value, long second, long timeNs, boolean nanos) {
        long ofDay = Math.floorMod(second, SECONDS_A_DAY);
        value.appendPadded(ofDay / 3600, 2)
                .append(':')
                .appendPadded(ofDay / 60 % 60, 2)
                .append(':')
                .appendPadded(ofDay % 60, 2);
        return nanos ? value.append('.').appendPadded(Math.floorMod(timeNs, SECOND), 9) : value;
    }
}
