// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.respond;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Copies of files that agents sent, a file each, named by what asked for it. */
public final class AcquiredFiles {
    private static final int KEEP = 200;
    private static final long KEEP_BYTES = 4L << 30;
    private static final long MAX_BYTES = 64L << 20;
    private static final String NAME = "[0-9a-f-]{36}";

    private final Path folder;

    public AcquiredFiles(Path folder) {
        this.folder = folder;
    }

    public void keep(String id, byte[] content) {
        try {
            Path fresh = folder.resolve(id + ".new");
            create(fresh);
            Files.write(fresh, content);
            Files.move(fresh, folder.resolve(id), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("acquired file: cannot be kept", e);
        }
    }

    /**
     * Where a part belongs.
     *
     * @param offset where it begins
     * @param total bytes of the whole
     * @param sha256 of the whole, in hexadecimal digits
     */
    public record Part(long offset, long total, String sha256) {}

    /**
     * Takes a part of a larger file; the first begins it anew, the last ends it.
     *
     * @throws IllegalArgumentException when it does not follow what is there, or when the whole is
     *     not what it was said to be; nothing of it is kept then
     */
    public synchronized void append(String id, Part part, byte[] content) {
        Path fresh = folder.resolve(id + ".new");
        try {
            if (part.offset() == 0) {
                create(fresh);
            }
            long there = Files.exists(fresh) ? Files.size(fresh) : -1;
            long end = part.offset() + content.length;
            if (there != part.offset() || end > part.total() || part.total() > MAX_BYTES) {
                Files.deleteIfExists(fresh);
                throw new IllegalArgumentException(
                        "a part at " + part.offset() + " of " + part.total() + " does not fit");
            }
            Files.write(fresh, content, StandardOpenOption.APPEND);
            if (end == part.total()) {
                finish(id, fresh, part.sha256());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("acquired file: cannot be kept", e);
        }
    }

    private void finish(String id, Path fresh, String sha256) throws IOException {
        String found = sha256(fresh);
        if (!found.equals(sha256)) {
            Files.deleteIfExists(fresh);
            throw new IllegalArgumentException("sha256: it is " + found);
        }
        Files.move(fresh, folder.resolve(id), StandardCopyOption.REPLACE_EXISTING);
    }

    private void create(Path fresh) throws IOException {
        Files.createDirectories(folder);
        Files.deleteIfExists(fresh);
        Files.createFile(
                fresh,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in =
                new DigestInputStream(
                        Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(((DigestInputStream) in).getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Where the content of one lies; empty when it was not handed in. */
    public Optional<Path> file(String id) {
        Path file = folder.resolve(id);
        return id.matches(NAME) && Files.isRegularFile(file) ? Optional.of(file) : Optional.empty();
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

    /** Lets go of the oldest beyond a number, and beyond the room that all may take. */
    public void trim() throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> oldestFirst =
                    files.sorted(Comparator.comparing(AcquiredFiles::modified)).toList();
            long bytes = 0;
            int kept = 0;
            for (Path file : oldestFirst.reversed()) {
                bytes += Files.size(file);
                if (++kept > KEEP || bytes > KEEP_BYTES) {
                    Files.deleteIfExists(file);
                }
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
