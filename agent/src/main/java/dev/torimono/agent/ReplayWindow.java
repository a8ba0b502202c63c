// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent;

import dev.torimono.agent.AgentException.Reason;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * The part of a capture that is judged. What happens before it is still taken in, because the state
 * of the machine follows from it.
 *
 * @param from where judging begins; null at the beginning
 * @param to where it ends, exclusive; null at the end
 */
public record ReplayWindow(@Nullable Bound from, @Nullable Bound to) {
    private static final long NS_PER_S = 1_000_000_000L;

    /** All of it. */
    public static final ReplayWindow ALL = new ReplayWindow(null, null);

    /**
     * A point of a capture.
     *
     * @param ns since the epoch, or since the first event
     * @param sinceFirst which of both
     */
    public record Bound(long ns, boolean sinceFirst) {
        /**
         * Reads a time with offset such as {@code 2026-11-22T09:43:33.5Z}, or seconds since the
         * first event.
         *
         * @param option what the user wrote it after, for the message
         * @throws AgentException when it is neither
         */
        static Bound parse(String text, String option) {
            try {
                if (text.indexOf('T') < 0) {
                    BigDecimal seconds = new BigDecimal(text);
                    return new Bound(
                            seconds.movePointRight(9).toBigInteger().longValueExact(), true);
                }
                Instant at = OffsetDateTime.parse(text).toInstant();
                long seconds = Math.multiplyExact(at.getEpochSecond(), NS_PER_S);
                return new Bound(Math.addExact(seconds, at.getNano()), false);
            } catch (NumberFormatException | ArithmeticException | DateTimeException e) {
                throw new AgentException(
                        Reason.CONFIG,
                        option
                                + ": "
                                + text
                                + " is no time: write 2026-11-22T09:43:33Z, or seconds since the"
                                + " first event",
                        e);
            }
        }

        long at(long firstNs) {
            return sinceFirst ? firstNs + ns : ns;
        }
    }

    /** Reads both bounds as the options {@code --from} and {@code --to} give them. */
    public static ReplayWindow of(@Nullable String from, @Nullable String to) {
        return new ReplayWindow(
                from == null ? null : Bound.parse(from, "--from"),
                to == null ? null : Bound.parse(to, "--to"));
    }
}
