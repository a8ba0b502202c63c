// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.output;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Alerts appended to a file that is rotated by size: {@code alerts.json} becomes {@code
 * alerts.json.1} and so on. A file that someone else renames or removes is opened anew. Readable by
 * its owner only: command lines hold secrets.
 */
public final class FileOutput implements Output {
    private static final long CHECK_INTERVAL_MS = 1000;
    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path path;
    private final long maxBytes;
    private final int keep;
    private final InstantSource time;
    private @Nullable FileChannel channel;
    private @Nullable Object identity;
    private long size;
    private long checkedMs;

    /**
     * @param maxBytes size at which the file is rotated; 0 never
     * @param keep rotated files to keep
     */
    public FileOutput(Path path, long maxBytes, int keep, InstantSource time) {
        this.path = path;
        this.maxBytes = maxBytes;
        this.keep = keep;
        this.time = time;
    }

    @Override
    public String name() {
        return "file";
    }

    @Override
    public void write(Line line) throws IOException {
        byte[] bytes = line.bytesWithNewline();
        if (wasReplaced()) {
            close();
        }
        FileChannel to = open();
        if (maxBytes > 0 && size > 0 && size + bytes.length > maxBytes) {
            rotate();
            to = open();
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            size += to.write(buffer);
        }
    }

    @Override
    public void reopen() throws IOException {
        close();
        open();
    }

    @Override
    public void close() throws IOException {
        FileChannel open = channel;
        channel = null;
        if (open != null) {
            open.close();
        }
    }

    private FileChannel open() throws IOException {
        FileChannel open = channel;
        if (open == null) {
            Path parent = path.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            open =
                    FileChannel.open(
                            path,
                            Set.of(
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.WRITE,
                                    StandardOpenOption.APPEND),
                            OWNER_ONLY);
            channel = open;
            size = open.size();
            identity = identity();
        }
        return open;
    }

    private void rotate() throws IOException {
        close();
        for (int i = keep; i > 1; i--) {
            moveIfThere(numbered(i - 1), numbered(i));
        }
        if (keep > 0) {
            moveIfThere(path, numbered(1));
        } else {
            Files.deleteIfExists(path);
        }
    }

    private static void moveIfThere(Path from, Path to) throws IOException {
        if (Files.exists(from)) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private Path numbered(int number) {
        return path.resolveSibling(path.getFileName() + "." + number);
    }

    /** Looks at most once a second: a log rotator renames, and then waits. */
    private boolean wasReplaced() throws IOException {
        long nowMs = time.millis();
        if (channel == null || nowMs - checkedMs < CHECK_INTERVAL_MS) {
            return false;
        }
        checkedMs = nowMs;
        return !Objects.equals(identity, identity());
    }

    /** Device and inode; null when there is no such file. */
    private @Nullable Object identity() throws IOException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        } catch (NoSuchFileException e) {
            return null;
        }
    }
}
