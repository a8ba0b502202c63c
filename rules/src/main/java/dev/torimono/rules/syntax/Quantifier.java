// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.syntax;

/** How many values of a right-hand list must satisfy a text operator. */
public enum Quantifier {
    ONE_OF("oneof"),
    ANY_OF("anyof"),
    ALL_OF("allof");

    private final String text;

    Quantifier(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }
}
