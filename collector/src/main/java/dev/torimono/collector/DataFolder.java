// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

/** Where everything is kept, by one collector at a time; nobody else may look. */
final class DataFolder implements AutoCloseable {
    /** For the command line on this machine, whose user may read it. */
    static final String CLI_TOKEN = "cli.token";

    /** Where it is reached on this machine. */
    static final String URL = "url";

    /** For the agent on this machine. */
    static final String ACCESS_KEY = "access.key";

    /** What seals secrets in the database. */
    static final String SECRET_KEY = "secret.key";

    private final Path folder;
    private final FileChannel lock;

    private DataFolder(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    static DataFolder open(Path folder) throws IOException {
        try {
            Files.createDirectories(folder);
        } catch (FileSystemException e) {
            // Its message is a path alone.
            throw new IOException(folder + ": cannot be made: " + why(e), e);
        }
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        FileChannel lock =
                FileChannel.open(
                        folder.resolve("collector.lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
        if (lock.tryLock() == null) {
            lock.close();
            throw new IOException(folder + ": another collector works there; stop it first");
        }
        unpackInto(folder.resolve("native"));
        return new DataFolder(folder, lock);
    }

    private static String why(FileSystemException e) {
        return switch (e) {
            case AccessDeniedException _ -> "permission denied";
            case NoSuchFileException _ -> "no such folder";
            case FileAlreadyExistsException _ -> "it is a file";
            default -> e.getReason() == null ? e.toString() : e.getReason();
        };
    }

    /** Two libraries unpack native code before they load it; what a crash left of it goes. */
    private static void unpackInto(Path natives) throws IOException {
        Files.createDirectories(natives);
        try (Stream<Path> old = Files.list(natives)) {
            for (Path file : old.toList()) {
                Files.delete(file);
            }
        }
        System.setProperty("org.sqlite.tmpdir", natives.toString());
        System.setProperty("ZstdTempFolder", natives.toString());
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    /** Writes a file that only its owner may read. */
    void secret(String name, String content) throws IOException {
        Path fresh = folder.resolve(name + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(
                fresh,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(fresh, content + "\n");
        Files.move(fresh, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            System.getLogger("torimono.collector")
                    .log(System.Logger.Level.WARNING, folder + ": lock: " + e.getMessage());
        }
    }
}
