// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.policy;

import dev.torimono.rules.Position;

/**
 * One thing that is wrong with, or doubtful about, a policy file.
 *
 * @param position where
 * @param message what, why and what to do
 * @param line the line as written
 */
public record Problem(Position position, String message, String line) {

    /** Position and message, the line, and a caret below the place. */
    public String render() {
        StringBuilder out = new StringBuilder().append(position).append(": ").append(message);
        if (!line.isBlank()) {
            out.append('\n').append(line).append('\n');
            for (int i = 0; i < Math.min(position.column() - 1, line.length()); i++) {
                out.append(line.charAt(i) == '\t' ? '\t' : ' ');
            }
            out.append('^');
        }
        return out.toString();
    }
}
