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

    /** A new text that lies beside its file and takes its place at once; closed, it is gone. */
    public static final class Next implements AutoCloseable {
        private final Path file;
        private final Path next;
        private final String name;

        private Next(String name, Path file, Path next) {
            this.name = name;
            this.file = file;
            this.next = next;
        }

        /** Puts it where the file is. */
        public void replace() {
            try {
                Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                throw cannotWrite(name, e);
            }
        }

        @Override
        public void close() {
            try {
                Files.deleteIfExists(next);
            } catch (IOException e) {
                throw cannotWrite(name, e);
            }
        }
    }

    /**
     * Writes another text beside the file, with its permissions: what may fail of it has failed by
     * then. A link keeps its target.
     */
    public Next next(String newText) {
        try {
            Path file = Path.of(name).toRealPath();
            Path next = Files.createTempFile(file.getParent(), ".torimono", ".next");
            Next staged = new Next(name, file, next);
            try {
                Files.writeString(next, newText);
                Files.setPosixFilePermissions(next, Files.getPosixFilePermissions(file));
            } catch (IOException e) {
                staged.close();
                throw e;
            }
            return staged;
        } catch (IOException e) {
            throw cannotWrite(name, e);
        }
    }

    private static InstrumentException cannotWrite(String name, IOException e) {
        return new InstrumentException(name + ": cannot be written: " + e.getMessage());
    }
}
