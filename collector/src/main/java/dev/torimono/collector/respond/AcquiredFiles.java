// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.respond;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Copies of files that agents sent, a file each, named by what asked for it. */
public final class AcquiredFiles {
    private static final int KEEP = 200;
    private static final String NAME = "[0-9a-f-]{36}";

    private final Path folder;

    public AcquiredFiles(Path folder) {
        this.folder = folder;
    }

    public void keep(String id, byte[] content) {
        try {
            Files.createDirectories(folder);
            Path fresh = folder.resolve(id + ".new");
            Files.deleteIfExists(fresh);
            Files.createFile(
                    fresh,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
            Files.write(fresh, content);
            Files.move(fresh, folder.resolve(id), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("acquired file: cannot be kept", e);
        }
    }

    public Optional<byte[]> content(String id) {
        Path file = folder.resolve(id);
        if (!id.matches(NAME) || !Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException("acquired file: cannot be read", e);
        }
    }

    /** Puts all of them into another folder of the same file system too. */
    public void link(Path into) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> all = Files.list(folder)) {
            Files.createDirectories(into);
            for (Path file : all.filter(AcquiredFiles::isOne).toList()) {
                Files.createLink(into.resolve(file.getFileName()), file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("acquired files: " + e.getMessage(), e);
        }
    }

    private static boolean isOne(Path file) {
        return String.valueOf(file.getFileName()).matches(NAME);
    }

    /** Lets go of the oldest beyond a number. */
    public void trim() throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> oldestFirst =
                    files.sorted(Comparator.comparing(AcquiredFiles::modified)).toList();
            for (Path file : oldestFirst.subList(0, Math.max(0, oldestFirst.size() - KEEP))) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static FileTime modified(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            return FileTime.fromMillis(0);
        }
    }
}
