// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.control;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Files that were taken away or copied, each in a folder of its own with what is known of it.
 * Readable by root alone; nothing in it can be executed.
 */
final class FileStore {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final long MAX_BYTES = 1L << 30;
    private static final String CONTENT = "content";
    private static final String FACTS = "facts.json";
    private static final FileAttribute<?> FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final FileAttribute<?> FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path home;

    FileStore(Path home) {
        this.home = home;
    }

    /**
     * A file that is kept.
     *
     * @param id its name in the store
     * @param content where its content lies
     * @param bytes its size
     * @param sha256 its hash
     */
    record Kept(String id, Path content, long bytes, String sha256) {}

    /**
     * Copies a file into the store.
     *
     * @param more what else is to be known of it
     */
    Kept take(String id, RootedPath path, Map<String, String> more) throws IOException {
        return path.with((folder, name) -> take(id, path, folder, name, more, false));
    }

    /** The same, and removes it where it was. */
    Kept takeAway(String id, RootedPath path, Map<String, String> more) throws IOException {
        return path.with((folder, name) -> take(id, path, folder, name, more, true));
    }

    private Kept take(
            String id,
            RootedPath path,
            SecureDirectoryStream<Path> folder,
            Path name,
            Map<String, String> more,
            boolean remove)
            throws IOException {
        PosixFileAttributes before = RootedPath.attributes(folder, name);
        Path own = home.resolve(id);
        Files.createDirectories(home, FOLDER);
        Files.createDirectory(own, FOLDER);
        Path content = Files.createFile(own.resolve(CONTENT), FILE);
        RootedPath.Copied copied;
        try (OutputStream out = Files.newOutputStream(content, StandardOpenOption.SYNC)) {
            copied = RootedPath.copy(folder, name, out, MAX_BYTES);
        } catch (IOException e) {
            Files.deleteIfExists(content);
            Files.deleteIfExists(own);
            throw e;
        }
        ObjectNode facts = MAPPER.createObjectNode();
        more.forEach(facts::put);
        facts.put("path", path.toString());
        facts.put("mode", PosixFilePermissions.toString(before.permissions()));
        facts.put("owner", before.owner().getName());
        facts.put("group", before.group().getName());
        facts.put("modified", before.lastModifiedTime().toString());
        facts.put("bytes", copied.bytes());
        facts.put("sha256", copied.sha256());
        Files.writeString(
                Files.createFile(own.resolve(FACTS), FILE), MAPPER.writeValueAsString(facts));
        if (remove) {
            PosixFileAttributes now = RootedPath.attributes(folder, name);
            if (!Objects.equals(now.fileKey(), before.fileKey())) {
                throw new IOException(path + ": changed while it was copied; the copy is " + own);
            }
            folder.deleteFile(name);
        }
        return new Kept(id, content, copied.bytes(), copied.sha256());
    }

    /** What is known of a file. */
    JsonNode facts(String id) throws IOException {
        if (!id.matches("[a-z0-9-]{1,64}") || !Files.exists(home.resolve(id).resolve(FACTS))) {
            throw new IOException("there is no file " + id + " in " + home);
        }
        return MAPPER.readTree(Files.readString(home.resolve(id).resolve(FACTS)));
    }

    /** Puts a file back where it was; refuses when something else is there by now. */
    void putBack(String id, RootedPath path) throws IOException {
        JsonNode facts = facts(id);
        path.with(
                (folder, name) -> {
                    if (RootedPath.exists(folder, name)) {
                        throw new IOException(path + ": there is another file by now");
                    }
                    write(id, facts, folder, name);
                    return id;
                });
        Files.delete(home.resolve(id).resolve(CONTENT));
        Files.delete(home.resolve(id).resolve(FACTS));
        Files.delete(home.resolve(id));
    }

    private void write(String id, JsonNode facts, SecureDirectoryStream<Path> folder, Path name)
            throws IOException {
        Set<? extends OpenOption> options =
                Set.of(
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.WRITE,
                        LinkOption.NOFOLLOW_LINKS);
        Path content = home.resolve(id).resolve(CONTENT);
        try (InputStream in = Files.newInputStream(content);
                OutputStream out =
                        Channels.newOutputStream(folder.newByteChannel(name, options, FILE))) {
            RootedPath.copy(in, out, MAX_BYTES);
        }
        PosixFileAttributeView view =
                folder.getFileAttributeView(
                        name, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        var principals = content.getFileSystem().getUserPrincipalLookupService();
        view.setOwner(principals.lookupPrincipalByName(facts.path("owner").asString("0")));
        view.setGroup(principals.lookupPrincipalByGroupName(facts.path("group").asString("0")));
        view.setPermissions(
                PosixFilePermissions.fromString(facts.path("mode").asString("rw-------")));
    }
}
