// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules;

import dev.torimono.rules.read.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One file of rules.
 *
 * @param name how reports name it
 * @param content YAML
 */
public record RuleFile(String name, String content) {

    /**
     * Reads a file; bytes that are no UTF-8 become U+FFFD. Of one that is too large to be loaded,
     * no more is read than shows that.
     */
    public static RuleFile read(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(4 * YamlReader.MAX_CHARACTERS + 4);
            return new RuleFile(path.toString(), new String(bytes, StandardCharsets.UTF_8));
        }
    }
}
