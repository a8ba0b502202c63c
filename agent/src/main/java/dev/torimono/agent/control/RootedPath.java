// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.control;

import dev.torimono.host.container.RootedLinks;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * One file below a root that somebody else may control. Links are resolved as if the root were
 * {@code /}; then folders are opened one below the other without following any, so that a link put
 * there meanwhile is refused instead of leading outside.
 */
final class RootedPath {
    private static final int BUFFER = 1 << 16;

    private final Path root;
    private final List<String> components;

    private RootedPath(Path root, List<String> components) {
        this.root = root;
        this.components = components;
    }

    /** Something done to a file through its open folder. */
    @FunctionalInterface
    interface Work<T> {
        T in(SecureDirectoryStream<Path> folder, Path name) throws IOException;
    }

    /**
     * What a copy came to.
     *
     * @param bytes its size
     * @param sha256 its hash
     */
    record Copied(long bytes, String sha256) {}

    /**
     * Resolves a path.
     *
     * @throws IOException when it names no file below the root
     */
    static RootedPath of(Path root, String path) throws IOException {
        if (!path.startsWith("/")) {
            throw new IOException(path + ": must be a full path");
        }
        List<String> done = RootedLinks.resolve(root, path);
        if (done.isEmpty()) {
            throw new IOException(path + ": is no file");
        }
        return new RootedPath(root, done);
    }

    /** As seen from its root. */
    @Override
    public String toString() {
        return "/" + String.join("/", components);
    }

    /** Does something to it. */
    <T> T with(Work<T> work) throws IOException {
        try (DirectoryStream<Path> folder = Files.newDirectoryStream(root)) {
            if (folder instanceof SecureDirectoryStream<Path> secure) {
                return below(secure, 0, work);
            }
            throw new IOException(root + ": this file system cannot be walked safely");
        }
    }

    private <T> T below(SecureDirectoryStream<Path> folder, int depth, Work<T> work)
            throws IOException {
        Path name = Path.of(components.get(depth));
        if (depth == components.size() - 1) {
            return work.in(folder, name);
        }
        try (SecureDirectoryStream<Path> next =
                folder.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
            return below(next, depth + 1, work);
        }
    }

    /** Mode, owner and times of a regular file; refuses anything else. */
    static PosixFileAttributes attributes(SecureDirectoryStream<Path> folder, Path name)
            throws IOException {
        PosixFileAttributes facts =
                folder.getFileAttributeView(
                                name, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                        .readAttributes();
        if (!facts.isRegularFile()) {
            throw new IOException(name + ": is no regular file");
        }
        return facts;
    }

    /** Whether something of that name is there. */
    static boolean exists(SecureDirectoryStream<Path> folder, Path name) throws IOException {
        try {
            folder.getFileAttributeView(
                            name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .readAttributes();
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** Copies it out, with its hash. */
    static Copied copy(
            SecureDirectoryStream<Path> folder, Path name, OutputStream to, long maxBytes)
            throws IOException {
        Set<? extends java.nio.file.OpenOption> options =
                Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        try (SeekableByteChannel channel = folder.newByteChannel(name, options)) {
            return copy(Channels.newInputStream(channel), to, maxBytes);
        }
    }

    static Copied copy(InputStream from, OutputStream to, long maxBytes) throws IOException {
        MessageDigest sha256 = sha256();
        byte[] buffer = new byte[BUFFER];
        long bytes = 0;
        int read = from.read(buffer);
        while (read >= 0) {
            bytes += read;
            if (bytes > maxBytes) {
                throw new IOException("larger than " + maxBytes + " bytes");
            }
            sha256.update(buffer, 0, read);
            to.write(buffer, 0, read);
            read = from.read(buffer);
        }
        return new Copied(bytes, HexFormat.of().formatHex(sha256.digest()));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
