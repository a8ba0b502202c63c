// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** A certificate that ends before long, as a collector finds it some day. */
public final class ShortCertificate {
    private ShortCertificate() {}

    public static void make(Path folder, long days) throws IOException {
        Files.createDirectories(folder);
        Certificate.make(
                folder.resolve("certificate.pem"),
                folder.resolve("key.pem"),
                List.of("collector.example"),
                Instant.now(),
                days);
    }
}
