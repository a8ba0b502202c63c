// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.testing;

import dev.torimono.response.action.ProcFiles;
import dev.torimono.response.action.ProcessFacts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Real processes that a test starts in a session of their own. All carry a mark in their
 * environment, so that each can be found and ended, wherever it hides.
 */
public final class RealProcesses implements AutoCloseable {
    private final String mark = "TORIMONO_TEST=" + UUID.randomUUID();
    private final ProcFiles proc = new ProcFiles(Path.of("/proc"));
    private @Nullable Process root;

    /** Starts a shell script as leader of a new session; its id. */
    public ProcessFacts start(String script) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("setsid", "--fork", "sh", "-c", script);
        String[] entry = mark.split("=", 2);
        builder.environment().put(entry[0], entry[1]);
        root = builder.redirectErrorStream(true).start();
        root.waitFor(60, TimeUnit.SECONDS);
        for (int i = 0; i < 6000; i++) {
            for (ProcessFacts process : living()) {
                if (process.session() == process.pid()) {
                    return process;
                }
            }
            Thread.sleep(10);
        }
        throw new IllegalStateException("the script did not start");
    }

    /** Waits until so many live at once. */
    public void awaitAtLeast(int count) throws InterruptedException {
        for (int i = 0; i < 6000 && living().size() < count; i++) {
            Thread.sleep(10);
        }
        if (living().size() < count) {
            throw new IllegalStateException(living().size() + " of " + count + " processes live");
        }
    }

    /** Those that carry the mark and are no zombies. */
    public List<ProcessFacts> living() {
        return proc.all().stream().filter(this::isMarked).toList();
    }

    private boolean isMarked(ProcessFacts process) {
        try {
            byte[] environment = Files.readAllBytes(Path.of("/proc/" + process.pid() + "/environ"));
            return process.state() != 'Z'
                    && new String(environment, StandardCharsets.ISO_8859_1).contains(mark);
        } catch (IOException e) {
            return false;
        }
    }

    /** Ends what is left, each by its id. */
    @Override
    public void close() {
        for (int round = 0; round < 100 && !living().isEmpty(); round++) {
            for (ProcessFacts process : living()) {
                ProcessHandle.of(process.pid()).ifPresent(ProcessHandle::destroyForcibly);
            }
        }
        if (root != null) {
            root.destroyForcibly();
        }
    }
}
