// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** The collector's words on stderr, a line each: {@code time level what: where: why}. */
public final class Logging {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSxxx", Locale.ROOT);

    /** Kept, so that its level is not forgotten with it. */
    private static final Logger LIBRARIES = Logger.getLogger("org");

    /** Lucene asks for an incubating module that only vector search would gain from. */
    private static final Logger VECTORS =
            Logger.getLogger("org.apache.lucene.internal.vectorization");

    /** Kafka's client tells each second that nobody answers; a forwarder tells once. */
    private static final Logger KAFKA = Logger.getLogger("org.apache.kafka");

    private Logging() {}

    /** Libraries speak only when something is wrong. */
    public static void toStderr() {
        Logger root = Logger.getLogger("");
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        ConsoleHandler handler = new ConsoleHandler();
        handler.setFormatter(new Lines());
        root.addHandler(handler);
        root.setLevel(Level.INFO);
        LIBRARIES.setLevel(Level.WARNING);
        VECTORS.setLevel(Level.SEVERE);
        KAFKA.setLevel(Level.SEVERE);
    }

    private static final class Lines extends Formatter {
        @Override
        public String format(LogRecord entry) {
            String line =
                    TIME.format(entry.getInstant().atZone(ZoneId.systemDefault()))
                            + " "
                            + word(entry.getLevel())
                            + " "
                            + formatMessage(entry);
            Throwable thrown = entry.getThrown();
            if (thrown == null) {
                return line + "\n";
            }
            StringWriter trace = new StringWriter();
            thrown.printStackTrace(new PrintWriter(trace));
            return line + ": " + trace.toString().strip() + "\n";
        }

        private static String word(Level level) {
            if (level.intValue() >= Level.SEVERE.intValue()) {
                return "error";
            }
            return level.intValue() >= Level.WARNING.intValue()
                    ? "warn"
                    : level.intValue() >= Level.INFO.intValue() ? "info" : "debug";
        }
    }
}
