// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.action;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Stops every action of this agent at once, whatever policies say: by a call, or by a file that
 * whoever stands before a burning machine can touch. Any thread.
 */
public final class KillSwitch {
    private static final String SILENT = "no reason given";
    private static final int MAX_REASON = 500;

    private final @Nullable Path file;
    private volatile String reason = "";

    /** One that only calls engage. */
    public KillSwitch() {
        this.file = null;
    }

    /**
     * One that a file engages too.
     *
     * @param file while it exists nothing is done; its text is the reason
     */
    public KillSwitch(Path file) {
        this.file = file;
    }

    /** From now on nothing is done; detection goes on. */
    public void engage(String why) {
        reason = why.isEmpty() ? SILENT : why;
    }

    /** Takes a call back; a file stays what it is. */
    public void release() {
        reason = "";
    }

    public boolean engaged() {
        return !reason().isEmpty();
    }

    /** Why; empty while it is not engaged. */
    public String reason() {
        String called = reason;
        Path path = file;
        if (!called.isEmpty() || path == null || !Files.exists(path)) {
            return called;
        }
        try {
            String text = new String(Files.readAllBytes(path), StandardCharsets.UTF_8).strip();
            return text.isEmpty()
                    ? path + " exists"
                    : text.substring(0, Math.min(text.length(), MAX_REASON));
        } catch (IOException e) {
            // It is there: that is enough.
            return path + " exists";
        }
    }
}
