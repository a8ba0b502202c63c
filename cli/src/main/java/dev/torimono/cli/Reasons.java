// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** Why something with files or connections failed, in words: exceptions often give a path alone. */
final class Reasons {
    private Reasons() {}

    static String of(IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> e.getMessage() + ": no such file or folder";
            case AccessDeniedException _ -> e.getMessage() + ": permission denied";
            default -> String.valueOf(e.getMessage() == null ? e : e.getMessage());
        };
    }
}
