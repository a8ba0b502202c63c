// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.config;

/**
 * Where a value was given.
 *
 * @param source file, {@code --set}, or environment variable
 * @param line from 1; 0 outside files
 * @param column from 1; 0 outside files
 * @param text the line; empty outside files
 */
record Place(String source, int line, int column, String text) {
    static Place outside(String source) {
        return new Place(source, 0, 0, "");
    }

    /**
     * The complaint with its place:
     *
     * <pre>
     * torimono.yaml:3:5: unknown key alert.jsn; did you mean alerts.json?
     *   jsn: true
     *   ^
     * </pre>
     */
    String complain(String what) {
        if (line == 0) {
            return source + ": " + what;
        }
        String head = source + ":" + line + ":" + column + ": " + what;
        // Tabs stay tabs in both lines, so that the caret stands right at any width.
        String indent = text.substring(0, Math.min(column - 1, text.length()));
        return head + "\n  " + text + "\n  " + indent.replaceAll("[^\t]", " ") + "^";
    }
}
