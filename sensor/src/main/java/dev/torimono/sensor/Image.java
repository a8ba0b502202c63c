// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Compiled programs, as the build put them into the jar. */
final class Image {
    private Image() {}

    static byte[] read(String resource) {
        try (InputStream in = Image.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new SensorException(
                        SensorException.Reason.LOAD_FAILED,
                        resource + ": missing from the jar: rebuild it where clang is installed");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
