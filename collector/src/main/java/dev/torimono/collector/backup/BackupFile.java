// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.backup;

import dev.torimono.collector.event.BadJsonException;
import dev.torimono.collector.event.Json;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A backup: a zip of a collector's files and a list of their checksums, which is written last. One
 * without it was never finished.
 */
public final class BackupFile {
    private static final String LIST = "backup.json";
    private static final int FORMAT = 1;
    private static final Set<String> LEFT_OUT =
            Set.of("collector.lock", "url", "native", "snapshot", "forwarded");

    private BackupFile() {}

    /**
     * Packs a folder that does not change meanwhile.
     *
     * @return how many files
     */
    public static int write(Path folder, Path file) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(
                fresh,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        ObjectNode list = Json.object().put("format", FORMAT);
        ObjectNode sums = list.putObject("files");
        try (OutputStream raw = Files.newOutputStream(fresh);
                ZipOutputStream zip = new ZipOutputStream(new BufferedOutputStream(raw, 1 << 20))) {
            // Events are compressed already.
            zip.setLevel(Deflater.BEST_SPEED);
            for (Path each : files(folder)) {
                String name = folder.relativize(each).toString();
                sums.put(name, add(zip, name, each));
            }
            zip.putNextEntry(new ZipEntry(LIST));
            zip.write(Json.bytes(list));
            zip.closeEntry();
        }
        try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
        return sums.size();
    }

    private static Iterable<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(
                            each ->
                                    !LEFT_OUT.contains(
                                            folder.relativize(each).getName(0).toString()))
                    .filter(each -> !each.endsWith("write.lock"))
                    .sorted()
                    .toList();
        }
    }

    private static String add(ZipOutputStream zip, String name, Path from) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        MessageDigest digest = sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(from), digest)) {
            in.transferTo(zip);
        }
        zip.closeEntry();
        return HexFormat.of().formatHex(digest.digest());
    }

    /**
     * Unpacks one into a folder that does not exist, or is empty.
     *
     * @return how many files
     * @throws IOException when it is no whole backup, or there is something already; the folder is
     *     as it was
     */
    public static int restore(Path file, Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> there = Files.list(folder)) {
                if (there.findAny().isPresent()) {
                    throw new IOException(
                            folder + ": is not empty; move it away, or restore elsewhere");
                }
            }
        }
        Path fresh = folder.toAbsolutePath().resolveSibling(folder.getFileName() + ".restoring");
        delete(fresh);
        try (ZipFile zip = new ZipFile(file.toFile())) {
            JsonNode sums = list(zip, file);
            Files.createDirectories(fresh);
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwx------"));
            Set<String> done = new TreeSet<>();
            for (var sum : sums.properties()) {
                unpack(zip, sum.getKey(), sum.getValue().asString(""), fresh);
                done.add(sum.getKey());
            }
            Files.deleteIfExists(folder);
            Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
            return done.size();
        } catch (IOException e) {
            delete(fresh);
            throw e;
        }
    }

    private static JsonNode list(ZipFile zip, Path file) throws IOException {
        ZipEntry entry = zip.getEntry(LIST);
        if (entry == null) {
            throw new IOException(file + ": has no " + LIST + ": it is no whole backup");
        }
        try (InputStream in = zip.getInputStream(entry)) {
            ObjectNode list = Json.object(in.readAllBytes());
            int format = list.path("format").asInt(0);
            if (format != FORMAT) {
                throw new IOException(
                        file + ": is of the format " + format + "; this program knows " + FORMAT);
            }
            return list.path("files");
        } catch (BadJsonException e) {
            throw new IOException(file + ": " + LIST + ": " + e.getMessage(), e);
        }
    }

    private static void unpack(ZipFile zip, String name, String sum, Path folder)
            throws IOException {
        Path to = folder.resolve(name).normalize();
        ZipEntry entry = zip.getEntry(name);
        if (!to.startsWith(folder) || entry == null) {
            throw new IOException(name + ": is not in the backup, or would lie outside of it");
        }
        Files.createDirectories(to.getParent());
        Files.createFile(
                to,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        MessageDigest digest = sha256();
        try (InputStream in = new DigestInputStream(zip.getInputStream(entry), digest);
                OutputStream out = Files.newOutputStream(to)) {
            in.transferTo(out);
        }
        if (!HexFormat.of().formatHex(digest.digest()).equals(sum)) {
            throw new IOException(name + ": is damaged: its checksum is another");
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256: every JVM has it", e);
        }
    }
}
