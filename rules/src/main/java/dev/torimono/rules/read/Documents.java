// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.read;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a file's YAML says.
 *
 * @param documents its documents; none if it is broken
 * @param broken why it cannot be read; null if it can
 */
public record Documents(List<YamlNode> documents, @Nullable LoadException broken) {
    public static Documents read(Source source) {
        try {
            return new Documents(YamlReader.read(source), null);
        } catch (LoadException e) {
            return new Documents(List.of(), e);
        }
    }
}
