// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One file of rules.
 *
 * @param name how reports name it
 * @param content YAML
 */
public record RuleFile(String name, String content) {

    /** Reads a file; bytes that are no UTF-8 become U+FFFD and are left to the YAML reader. */
    public static RuleFile read(Path path) throws IOException {
        return new RuleFile(
                path.toString(),
                new String(Files.readAllBytes(path), java.nio.charset.StandardCharsets.UTF_8));
    }
}
