// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Notices that rule files change: written, replaced by rename, added to or removed from a folder.
 * Watches folders, never files: an editor that saves by rename would leave a watched file behind.
 */
final class RuleWatch implements AutoCloseable {
    private final WatchService service;
    private final Map<WatchKey, Path> folders = new HashMap<>();
    private final Set<Path> files = new HashSet<>();
    private final Set<Path> wholeFolders = new HashSet<>();
    private final Consumer<Path> onChange;
    private final Log log;

    /**
     * @param paths files and folders; what is absent is watched for as far as its folder exists
     * @param onChange told on a thread of this watch
     */
    RuleWatch(List<Path> paths, Consumer<Path> onChange, Log log) throws IOException {
        this.service = FileSystems.getDefault().newWatchService();
        this.onChange = onChange;
        this.log = log;
        for (Path path : paths) {
            watch(path.toAbsolutePath().normalize());
        }
        Thread.ofPlatform().daemon().name("rule-watch").start(this::run);
    }

    /** One that watches; null when none can, which the log tells. */
    static @Nullable RuleWatch begin(List<Path> paths, Consumer<Path> onChange, Log log) {
        try {
            return new RuleWatch(paths, onChange, log);
        } catch (IOException e) {
            log.warn(
                    "rules: changes will not be noticed: "
                            + e.getMessage()
                            + "; SIGHUP loads them again");
            return null;
        }
    }

    private void watch(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            wholeFolders.add(path);
            register(path);
        } else {
            files.add(path);
        }
        Path parent = path.getParent();
        if (parent != null && Files.isDirectory(parent)) {
            register(parent);
        }
        if (Files.isSymbolicLink(path)) {
            // A mounted ConfigMap changes behind its links.
            watch(path.toRealPath());
        }
    }

    private void register(Path folder) throws IOException {
        WatchKey key =
                folder.register(
                        service,
                        StandardWatchEventKinds.ENTRY_CREATE,
                        StandardWatchEventKinds.ENTRY_MODIFY,
                        StandardWatchEventKinds.ENTRY_DELETE);
        folders.put(key, folder);
    }

    private void run() {
        try {
            while (true) {
                WatchKey key = service.take();
                Path folder = folders.get(key);
                for (WatchEvent<?> event : key.pollEvents()) {
                    if (folder != null) {
                        // An overflow names nothing: anything may have changed.
                        Path at = event.context() instanceof Path p ? folder.resolve(p) : folder;
                        if (concerns(folder, at)) {
                            adopt(at);
                            onChange.accept(at);
                        }
                    }
                }
                key.reset();
            }
        } catch (ClosedWatchServiceException | InterruptedException e) {
            // The agent ends.
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            log.error("rules: changes are no longer noticed: " + e.getMessage());
        }
    }

    /** A folder that was absent at the start and is there now. */
    private void adopt(Path path) throws IOException {
        if (files.contains(path) && Files.isDirectory(path)) {
            watch(path);
        }
    }

    private boolean concerns(Path folder, Path path) {
        String name = String.valueOf(path.getFileName());
        return path.equals(folder)
                || files.contains(path)
                || wholeFolders.contains(path)
                || (wholeFolders.contains(folder)
                        && (name.endsWith(".yaml")
                                || name.endsWith(".yml")
                                || name.startsWith("..data")));
    }

    @Override
    public void close() {
        try {
            service.close();
        } catch (IOException e) {
            throw new UncheckedIOException("rules: cannot stop watching", e);
        }
    }
}
