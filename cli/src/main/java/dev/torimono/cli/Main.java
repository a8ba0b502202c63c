// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.cli;

/** Entry of the program. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(execute(args));
    }

    private static int execute(String[] args) {
        try {
            return Torimono.commandLine().execute(args);
        } catch (LinkageError | VirtualMachineError e) {
            // Broken installation or no memory: the JVM's own exit code would read as "found".
            System.err.println("torimono: internal error; please report it with what follows");
            e.printStackTrace();
            return ExitCode.INTERNAL;
        }
    }
}
