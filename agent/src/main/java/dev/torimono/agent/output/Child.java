// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.output;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program that reads alerts on its stdin. What it prints goes to our stderr: stdout belongs to
 * alerts.
 */
final class Child implements AutoCloseable {
    private static final long END_MS = 2000;

    private final Process process;

    private Child(Process process) {
        this.process = process;
    }

    /** Runs a command line of the shell. */
    static Child shell(String command) throws IOException {
        return start(List.of("/bin/sh", "-c", "exec 1>&2\n" + command));
    }

    /** Runs a program whose own stdout stays empty. */
    static Child start(List<String> command) throws IOException {
        return new Child(
                new ProcessBuilder(new ArrayList<>(command))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                        .start());
    }

    boolean isAlive() {
        return process.isAlive();
    }

    void write(byte[] line) throws IOException {
        OutputStream stdin = process.getOutputStream();
        stdin.write(line);
        stdin.flush();
    }

    /** Closes its stdin and waits for it to end; returns its exit code. */
    int finish(long timeoutMs) throws IOException, InterruptedException {
        closeStdin();
        if (!process.waitFor(timeoutMs, TimeUnit.MILLISECONDS)) {
            destroy();
            throw new IOException("the program did not end within " + timeoutMs + " ms; killed");
        }
        return process.exitValue();
    }

    private void closeStdin() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // Closing flushes what a failed write left: it has ended, and its exit code judges.
        }
    }

    /** Lets it read what it has; then ends it. */
    @Override
    public void close() {
        try {
            closeStdin();
            if (!process.waitFor(END_MS, TimeUnit.MILLISECONDS)) {
                destroy();
            }
        } catch (InterruptedException e) {
            destroy();
            Thread.currentThread().interrupt();
        }
    }

    /** With what the shell started: killing the shell alone would leave them behind. */
    private void destroy() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
