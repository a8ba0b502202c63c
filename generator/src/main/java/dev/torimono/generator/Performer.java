// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.generator;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A performer that waits for orders: a line of words in, its answer out. One thread. */
final class Performer implements AutoCloseable {
    private static final String READY = "ready ";
    private static final String DONE = "done ";

    private final Process process;
    private final BufferedReader answers;
    private final OutputStream orders;

    private Performer(Process process) {
        this.process = process;
        this.answers =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.orders = process.getOutputStream();
    }

    /** Starts it and waits until it listens. */
    static Performer start(ProcessBuilder builder, String where) {
        try {
            Performer performer = new Performer(builder.redirectErrorStream(true).start());
            List<String> said = new ArrayList<>();
            if (performer.until(READY, said) == null) {
                performer.close();
                throw new GeneratorException(
                        where + ": nothing can be performed there: " + String.join("; ", said));
            }
            return performer;
        } catch (IOException e) {
            throw new GeneratorException(where + ": nothing can be performed there", e);
        }
    }

    long pid() {
        return process.pid();
    }

    /** Returns what went wrong; empty when nothing did. */
    String perform(List<String> words) {
        try {
            orders.write((String.join("\t", words) + "\n").getBytes(StandardCharsets.UTF_8));
            orders.flush();
            List<String> said = new ArrayList<>();
            String code = until(DONE, said);
            if (code == null) {
                return "the performer ended" + said;
            }
            if (code.equals("0")) {
                return "";
            }
            return said.isEmpty() ? "exit code " + code : String.join("; ", said);
        } catch (IOException e) {
            return "the performer ended: " + e.getMessage();
        }
    }

    private @Nullable String until(String word, List<String> said) throws IOException {
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
            if (line.startsWith(word)) {
                return line.substring(word.length()).strip();
            }
            said.add(line);
        }
        return null;
    }

    @Override
    public void close() {
        try {
            orders.close();
            if (!process.waitFor(2, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            // Its end of the pipe is closed: it ended before us.
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
