// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.account;

import dev.torimono.host.container.RootedLinks;
import dev.torimono.model.Text;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Reads a file below a root that somebody else controls. Symbolic links are resolved as if the root
 * were {@code /}; the folders are then opened one below the other without following links, so that
 * a link put there meanwhile is refused instead of leading outside.
 */
final class RootedFile {
    private RootedFile() {}

    /** What is there: to be read, or, by size and time, known already. */
    record Stamp(long size, long modifiedNs) {
        static final Stamp NONE = new Stamp(-1, -1);
    }

    /** Content with the stamp it had. */
    record Content(Stamp stamp, Text text) {}

    /**
     * Reads the file; content is empty when its stamp is the one given.
     *
     * @throws NoSuchFileException when it does not exist
     * @throws IOException when it is refused: no regular file, too large, or too many links
     */
    static Content read(Path root, String path, int maxBytes, Stamp known) throws IOException {
        List<String> components = RootedLinks.resolve(root, path);
        return open(root, components, 0, maxBytes, known);
    }

    private static Content open(
            Path root, List<String> components, int depth, int maxBytes, Stamp known)
            throws IOException {
        if (components.isEmpty()) {
            throw new IOException(root + ": not a file");
        }
        try (DirectoryStream<Path> folder = Files.newDirectoryStream(root)) {
            if (folder instanceof SecureDirectoryStream<Path> secure) {
                return below(secure, components, depth, maxBytes, known);
            }
            throw new IOException(root + ": this file system cannot be walked safely");
        }
    }

    private static Content below(
            SecureDirectoryStream<Path> folder,
            List<String> components,
            int depth,
            int maxBytes,
            Stamp known)
            throws IOException {
        Path name = Path.of(components.get(depth));
        if (depth < components.size() - 1) {
            try (SecureDirectoryStream<Path> next =
                    folder.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
                return below(next, components, depth + 1, maxBytes, known);
            }
        }
        BasicFileAttributes facts =
                folder.getFileAttributeView(
                                name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                        .readAttributes();
        if (!facts.isRegularFile() || facts.size() > maxBytes) {
            throw new IOException(name + ": no regular file of at most " + maxBytes + " bytes");
        }
        Stamp stamp = new Stamp(facts.size(), facts.lastModifiedTime().to(TimeUnit.NANOSECONDS));
        if (stamp.equals(known)) {
            return new Content(stamp, Text.EMPTY);
        }
        try (SeekableByteChannel channel =
                folder.newByteChannel(
                        name, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            return new Content(stamp, text(channel, maxBytes));
        }
    }

    /** It may grow while it is read: the limit holds for what was read. */
    private static Text text(SeekableByteChannel channel, int maxBytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(channel.size() + 1, maxBytes));
        while (channel.read(buffer) > 0) {
            if (!buffer.hasRemaining()) {
                if (buffer.capacity() >= maxBytes) {
                    break;
                }
                int larger = Math.min(maxBytes, buffer.capacity() * 2);
                buffer = ByteBuffer.allocate(larger).put(buffer.flip());
            }
        }
        return Text.of(buffer.array(), 0, buffer.position());
    }
}
