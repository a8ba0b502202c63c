// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.output;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Alerts to the stdin of a shell command: one kept alive for all, or a fresh one for each. */
public final class ProgramOutput implements Output {
    private static final long MAX_BACKOFF_MS = 30_000;

    private final String command;
    private final boolean keepAlive;
    private final long timeoutMs;
    private final Backoff backoff;
    private volatile @Nullable Child kept;

    /**
     * @param keepAlive one program reads all alerts; else each alert starts one
     * @param timeoutMs how long a program of one alert may take
     */
    public ProgramOutput(String command, boolean keepAlive, long timeoutMs) {
        this.command = command;
        this.keepAlive = keepAlive;
        this.timeoutMs = timeoutMs;
        this.backoff = new Backoff(100, MAX_BACKOFF_MS);
    }

    @Override
    public String name() {
        return "program";
    }

    @Override
    public void write(Line line) throws IOException, InterruptedException {
        if (keepAlive) {
            toKept(line.bytesWithNewline());
        } else {
            toFresh(line.bytesWithNewline());
        }
    }

    @Override
    public void reopen() throws IOException {
        close();
    }

    @Override
    public void close() throws IOException {
        Child child = kept;
        kept = null;
        if (child != null) {
            child.close();
        }
    }

    private void toKept(byte[] line) throws IOException, InterruptedException {
        Child child = kept;
        if (child != null && child.isAlive()) {
            try {
                child.write(line);
                backoff.reset();
                return;
            } catch (IOException e) {
                // It ended between two alerts: this one goes to its successor.
                close();
            }
        }
        if (child != null) {
            backoff.pause();
        }
        Child next = Child.shell(command);
        kept = next;
        next.write(line);
    }

    private void toFresh(byte[] line) throws IOException, InterruptedException {
        Child child = Child.shell(command);
        kept = child;
        IOException unread = null;
        try {
            child.write(line);
        } catch (IOException e) {
            // A program may end without reading; its exit code says whether that is right.
            unread = e;
        }
        int code = child.finish(timeoutMs);
        kept = null;
        if (code != 0) {
            throw new IOException("exit code " + code + ": " + command, unread);
        }
    }
}
