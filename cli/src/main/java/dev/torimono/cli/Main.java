// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.cli;

/** Entry of the program. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(Torimono.commandLine().execute(args));
    }
}
