// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.store;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;

/** A disk of some MiB that can be filled by somebody else; only root can have one. */
public final class SmallDisk implements AutoCloseable {
    private static final int MIB = 1 << 20;

    private final Path folder;
    private final Path ballast;

    /** Mounts it on a folder that is there. */
    public SmallDisk(Path folder, int mebibytes) throws IOException {
        this.folder = folder;
        this.ballast = folder.resolve("ballast");
        assumeTrue("root".equals(System.getProperty("user.name")), "only root may mount");
        run("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "none", folder.toString());
    }

    private static void run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).inheritIO().start();
        if (process.onExit().orTimeout(30, TimeUnit.SECONDS).join().exitValue() != 0) {
            throw new IOException(String.join(" ", command) + ": failed");
        }
    }

    /** Fills it until so many bytes are left. */
    public void leave(long bytes) throws IOException {
        try (FileChannel file =
                FileChannel.open(ballast, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            long more = folder.toFile().getUsableSpace() - bytes;
            while (more > 0) {
                more -= file.write(ByteBuffer.allocate((int) Math.min(MIB, more)));
            }
        } catch (IOException e) {
            // Somebody else took the last bytes: it is full, as was asked for.
            if (folder.toFile().getUsableSpace() > bytes) {
                throw e;
            }
        }
    }

    /** Takes out what it was filled with. */
    public void makeRoom() throws IOException {
        Files.delete(ballast);
    }

    @Override
    public void close() throws IOException {
        run("umount", "--lazy", folder.toString());
    }
}
