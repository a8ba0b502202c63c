// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent;

import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The agent's own words, a line each: {@code time level what: where: why}. Any thread may log; a
 * line is one write, so lines never mix.
 */
public final class Log {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSxxx", Locale.ROOT);
    private static final String RESET = "\u001b[0m";

    /** How much a line matters. */
    public enum Level {
        DEBUG("\u001b[2m"),
        INFO("\u001b[32m"),
        WARN("\u001b[33m"),
        ERROR("\u001b[31m");

        private final String colour;

        Level(String colour) {
            this.colour = colour;
        }
    }

    private final PrintStream out;
    private final InstantSource time;
    private final ZoneId zone;
    private final boolean colours;
    private final Level minimum;

    public Log(PrintStream out, InstantSource time, ZoneId zone, boolean colours, Level minimum) {
        this.out = out;
        this.time = time;
        this.zone = zone;
        this.colours = colours;
        this.minimum = minimum;
    }

    /** Writes to stderr, coloured when that is a terminal. */
    public static Log toStderr(Level minimum) {
        return new Log(
                System.err,
                InstantSource.system(),
                ZoneId.systemDefault(),
                Terminal.STDERR.isTerminal(),
                minimum);
    }

    /** Tells nobody; for rehearsals. */
    public static Log silent() {
        return new Log(
                new PrintStream(OutputStream.nullOutputStream()),
                InstantSource.system(),
                ZoneId.systemDefault(),
                false,
                Level.DEBUG);
    }

    public void debug(String message) {
        write(Level.DEBUG, message);
    }

    public void info(String message) {
        write(Level.INFO, message);
    }

    public void warn(String message) {
        write(Level.WARN, message);
    }

    public void error(String message) {
        write(Level.ERROR, message);
    }

    /** With the stack trace: for faults of ours, never for what a user can cause. */
    public void error(String message, Throwable thrown) {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        error(message + ": " + trace.toString().strip());
    }

    private void write(Level level, String message) {
        if (level.compareTo(minimum) < 0) {
            return;
        }
        String name = level.name().toLowerCase(Locale.ROOT);
        String painted = colours ? level.colour + name + RESET : name;
        String line = TIME.format(time.instant().atZone(zone)) + " " + painted + " " + message;
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        synchronized (out) {
            out.write(bytes, 0, bytes.length);
            out.flush();
        }
    }
}
