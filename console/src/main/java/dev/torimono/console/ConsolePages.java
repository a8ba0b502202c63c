// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The files that the build of the pages made. */
public final class ConsolePages {
    // No legal package name, so other modules' class loaders could read it too.
    private static final String FOLDER = "/META-INF/console/";

    private ConsolePages() {}

    /** All files by their paths, such as {@code assets/index-Ab12.js}. */
    public static List<String> files() {
        byte[] list = read("files.txt");
        return list == null ? List.of() : new String(list, StandardCharsets.UTF_8).lines().toList();
    }

    /** Why this build has no console; empty when it has one. */
    public static String missing() {
        if (files().contains("index.html")) {
            return "";
        }
        byte[] why = read("missing.txt");
        return why == null
                ? "its pages were not built"
                : new String(why, StandardCharsets.UTF_8).strip();
    }

    /** A file's bytes; null when there is none of that path. */
    public static byte @Nullable [] read(String path) {
        try (InputStream in = ConsolePages.class.getResourceAsStream(FOLDER + path)) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("console: " + path + ": cannot be read", e);
        }
    }
}
