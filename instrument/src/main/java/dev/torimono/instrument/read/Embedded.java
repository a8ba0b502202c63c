// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.instrument.read;

import dev.torimono.instrument.tree.Node;
import dev.torimono.instrument.tree.Source;

/** JSON that stands inside of another document, with its places in that. */
public final class Embedded {
    private Embedded() {}

    /** In a heredoc of Terraform. */
    public static Node plain(Source source, int from, int to) {
        return new JsonReader(source, Places.plain(source.text().substring(from, to), from), true)
                .all();
    }

    /** In a quoted string of Terraform, between its quotes. */
    public static Node quoted(Source source, int from, int to) {
        return new JsonReader(source, Places.unescaped(source.text(), from, to), true).all();
    }
}
