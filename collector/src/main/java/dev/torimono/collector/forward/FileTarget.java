// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.forward;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Appends lines of JSON to a file in one folder, and begins another when it is full: {@code NAME},
 * {@code NAME.1} … What a crash cut is cut off before the next line.
 */
final class FileTarget implements Target {
    private static final int MEBIBYTE = 1 << 20;

    private final Path file;
    private final long maxBytes;
    private final int keep;
    private @Nullable FileChannel channel;

    FileTarget(Options options, Path folder) {
        this.file = folder.resolve(options.required("file"));
        this.maxBytes = (long) options.number("maxMebibytes", 100, 1, 100_000) * MEBIBYTE;
        this.keep = options.number("keep", 5, 0, 1000);
    }

    static void check(Options options) {
        // A folder of its own and nothing else: who may set this must not write anywhere.
        Options.require(
                options.required("file").matches("[A-Za-z0-9_][A-Za-z0-9._-]{0,99}"),
                "file",
                "must be a name of letters, digits, dots and dashes; it lies in the folder of"
                        + " forwarded events");
        options.number("maxMebibytes", 100, 1, 100_000);
        options.number("keep", 5, 0, 1000);
    }

    @Override
    public int send(List<Shipment> events) throws IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (Shipment event : events) {
            lines.writeBytes(event.body());
            lines.write('\n');
        }
        FileChannel to = open();
        if (to.size() > 0 && to.size() + lines.size() > maxBytes) {
            rotate(to);
            to = open();
        }
        ByteBuffer bytes = ByteBuffer.wrap(lines.toByteArray());
        while (bytes.hasRemaining()) {
            to.write(bytes);
        }
        to.force(false);
        return 0;
    }

    private FileChannel open() throws IOException {
        FileChannel to = channel;
        if (to == null || !Files.exists(file)) {
            if (to != null) {
                to.close();
            }
            Files.createDirectories(file.toAbsolutePath().getParent());
            to =
                    FileChannel.open(
                            file,
                            Set.of(
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.READ,
                                    StandardOpenOption.WRITE),
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rw-------")));
            to.truncate(endOfLines(to));
            to.position(to.size());
            channel = to;
        }
        return to;
    }

    /** Where the last whole line ends. */
    private static long endOfLines(FileChannel of) throws IOException {
        ByteBuffer part = ByteBuffer.allocate(8192);
        long end = of.size();
        while (end > 0) {
            long from = Math.max(0, end - part.capacity());
            part.clear().limit((int) (end - from));
            while (part.hasRemaining() && of.read(part, from + part.position()) >= 0) {
                // A short read goes on.
            }
            for (int i = part.position() - 1; i >= 0; i--) {
                if (part.get(i) == '\n') {
                    return from + i + 1;
                }
            }
            end = from;
        }
        return 0;
    }

    private void rotate(FileChannel full) throws IOException {
        full.close();
        channel = null;
        for (int number = keep - 1; number >= 1; number--) {
            Path older = numbered(number);
            if (Files.exists(older)) {
                Files.move(older, numbered(number + 1), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        if (keep > 0) {
            Files.move(file, numbered(1), StandardCopyOption.REPLACE_EXISTING);
        } else {
            Files.delete(file);
        }
    }

    private Path numbered(int number) {
        return file.resolveSibling(file.getFileName() + "." + number);
    }

    @Override
    public void close() {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            // Every line was forced already.
        }
    }
}
