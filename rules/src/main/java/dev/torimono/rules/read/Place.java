// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.read;

import dev.torimono.rules.Position;

/**
 * A character of a rule file.
 *
 * @param source the file
 * @param offset its offset
 */
public record Place(Source source, int offset) {
    public Position position() {
        return source.position(offset);
    }

    /** The line it is in. */
    public String line() {
        return source.line(offset);
    }

    /** Which character of that line it is. */
    public int caret() {
        return source.caret(offset);
    }
}
