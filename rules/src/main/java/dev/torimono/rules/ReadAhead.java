// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules;

import dev.torimono.rules.read.Documents;
import dev.torimono.rules.read.Source;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.BiConsumer;

/**
 * Reads the YAML of each file but the first on a thread of its own, while the file before it is
 * compiled: one file ahead, because hostile files are bounded one by one.
 */
final class ReadAhead {
    private ReadAhead() {}

    /** Hands over every file with its documents, in order. */
    static void each(List<RuleFile> files, BiConsumer<RuleFile, Documents> reader) {
        FutureTask<Documents> reading = null;
        for (int i = 0; i < files.size(); i++) {
            FutureTask<Documents> next = i + 1 < files.size() ? begin(files.get(i + 1)) : null;
            RuleFile file = files.get(i);
            reader.accept(file, reading == null ? read(file) : await(reading));
            reading = next;
        }
    }

    private static FutureTask<Documents> begin(RuleFile file) {
        FutureTask<Documents> task = new FutureTask<>(() -> read(file));
        Thread.ofPlatform().name("read-rules").daemon().start(task);
        return task;
    }

    static Documents read(RuleFile file) {
        return Documents.read(new Source(file.name(), file.content()));
    }

    private static Documents await(FutureTask<Documents> reading) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return reading.get();
                } catch (InterruptedException e) {
                    // Reading is bounded; who interrupts is told afterwards.
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case Error error -> throw error;
                case RuntimeException exception -> throw exception;
                case null, default -> throw new IllegalStateException(e);
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
