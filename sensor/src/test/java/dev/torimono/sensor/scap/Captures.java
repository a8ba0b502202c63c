// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.scap;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the tests find real captures. */
final class Captures {
    private Captures() {}

    /** A file of the shared folder; skips the test when that folder is absent. */
    static Path shared(String path) {
        Path shared = Path.of(System.getProperty("torimono.root", ".."), "..", "shared");
        assumeThat(Files.isDirectory(shared)).as("../shared is absent").isTrue();
        return shared.resolve(path).normalize();
    }
}
