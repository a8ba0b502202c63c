// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.cli;

/** Texts of others on a terminal, which must not be steered by them. */
final class Printable {
    private Printable() {}

    /** The text without its control characters. */
    static String of(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
