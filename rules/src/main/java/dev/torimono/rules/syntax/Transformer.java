// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.syntax;

/** Functions that can be applied to a field before it is compared. */
public enum Transformer {
    /** The field's value itself; only right of an operator. */
    VAL("val"),
    TOLOWER("tolower"),
    TOUPPER("toupper"),
    B64("b64"),
    BASENAME("basename"),
    LEN("len"),
    JOIN("join"),
    CONCAT("concat"),
    GETOPT("getopt");

    private final String text;
    private final String opening;

    Transformer(String text) {
        this.text = text;
        this.opening = text + "(";
    }

    public String text() {
        return text;
    }

    /** Its name with the parenthesis that must follow directly. */
    String opening() {
        return opening;
    }
}
