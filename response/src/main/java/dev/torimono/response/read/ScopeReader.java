// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.read;

import dev.torimono.response.scope.Scope;
import dev.torimono.rules.RuleException;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads a scope. */
final class ScopeReader {
    private ScopeReader() {}

    static Scope read(YamlFile file, Section section, Scope fallback) {
        ScalarNode node = section.scalar("scope");
        if (node == null) {
            return section.has("scope") ? Scope.EVERYWHERE : fallback;
        }
        try {
            return Scope.compile(node.getValue().strip());
        } catch (RuleException e) {
            file.error(node, e.span(), "scope: " + e.getMessage());
            return fallback;
        }
    }
}
