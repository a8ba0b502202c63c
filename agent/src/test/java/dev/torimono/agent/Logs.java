// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneOffset;

/** A log that tests can read. */
public final class Logs {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Log log =
            new Log(
                    new PrintStream(bytes, true, StandardCharsets.UTF_8),
                    InstantSource.system(),
                    ZoneOffset.UTC,
                    false,
                    Log.Level.INFO);

    public Log log() {
        return log;
    }

    public String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
