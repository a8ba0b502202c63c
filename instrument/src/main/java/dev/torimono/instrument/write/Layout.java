// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.instrument.write;

import dev.torimono.instrument.tree.Form;

/**
 * How the children of one collection are laid out.
 *
 * @param lines whether each has lines of its own
 * @param indent white space before each, where they have
 * @param unit one step of indentation
 * @param newline how lines end
 * @param quotedKeys whether keys stand in quotes
 * @param colon what stands between key and value
 * @param gap what stands behind a comma on one line
 * @param dashIndent white space that lists have more than their key, in a block
 */
record Layout(
        Form form,
        boolean lines,
        String indent,
        String unit,
        String newline,
        boolean quotedKeys,
        String colon,
        String gap,
        String dashIndent) {

    Layout deeper() {
        return at(indent + unit);
    }

    Layout at(String newIndent) {
        return new Layout(
                form, lines, newIndent, unit, newline, quotedKeys, colon, gap, dashIndent);
    }

    Layout onOneLine() {
        return new Layout(form, false, indent, unit, newline, quotedKeys, colon, gap, dashIndent);
    }

    /** JSON on one line, which a block of YAML may hold. */
    Layout flow() {
        return new Layout(Form.JSON, false, indent, unit, newline, true, ": ", " ", dashIndent);
    }
}
