// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.policy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * One file of policies.
 *
 * @param name how reports name it
 * @param content YAML
 */
public record PolicyFile(String name, String content) {

    /** Reads a file, or every {@code .yaml} and {@code .yml} file of a folder in order of name. */
    public static List<PolicyFile> read(Path path) {
        try {
            if (!Files.isDirectory(path)) {
                return List.of(one(path));
            }
            try (Stream<Path> entries = Files.list(path)) {
                List<Path> files = entries.filter(PolicyFile::isYaml).sorted().toList();
                return files.stream().map(PolicyFile::one).toList();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("policies: " + path + ": cannot be read", e);
        }
    }

    private static boolean isYaml(Path path) {
        String name = path.getFileName().toString();
        return (name.endsWith(".yaml") || name.endsWith(".yml")) && !name.startsWith(".");
    }

    private static PolicyFile one(Path path) {
        try {
            return new PolicyFile(
                    path.toString(), new String(Files.readAllBytes(path), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("policies: " + path + ": cannot be read", e);
        }
    }
}
