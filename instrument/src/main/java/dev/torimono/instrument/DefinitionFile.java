// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.instrument;

import dev.torimono.instrument.read.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A definition as it is stored.
 *
 * @param name what its user calls it
 * @param text all of it
 */
public record DefinitionFile(String name, String text) {
    /** Reads a file. */
    public static DefinitionFile read(String name) {
        try (InputStream in = Files.newInputStream(Path.of(name))) {
            return read(name, in);
        } catch (NoSuchFileException e) {
            throw new InstrumentException(name + ": no such file");
        } catch (IOException e) {
            throw new InstrumentException(name + ": cannot be read: " + e.getMessage());
        }
    }

    /** Reads everything that comes; a text that is not UTF-8 would not come out as it went in. */
    public static DefinitionFile read(String name, InputStream in) {
        try {
            byte[] bytes = in.readNBytes(YamlReader.MAX_CHARACTERS + 1);
            if (bytes.length > YamlReader.MAX_CHARACTERS) {
                throw new InstrumentException(name + ": larger than 16 MiB; no definition is");
            }
            return new DefinitionFile(
                    name,
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException e) {
            throw new InstrumentException(name + ": is not text in UTF-8");
        } catch (IOException e) {
            throw new InstrumentException(name + ": cannot be read: " + e.getMessage());
        }
    }

    /** Replaces the file by another text at once, with its permissions; a link keeps its target. */
    public void write(String newText) {
        try {
            Path file = Path.of(name).toRealPath();
            Path next = Files.createTempFile(file.getParent(), ".torimono", ".next");
            try {
                Files.writeString(next, newText);
                Files.setPosixFilePermissions(next, Files.getPosixFilePermissions(file));
                Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(next);
            }
        } catch (IOException e) {
            throw new InstrumentException(name + ": cannot be written: " + e.getMessage());
        }
    }
}
