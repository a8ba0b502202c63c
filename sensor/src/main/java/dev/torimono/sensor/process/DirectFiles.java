// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.process;

import dev.torimono.model.Text;
import dev.torimono.sensor.gate.SmallFiles;

/** Reads small files and links of /proc with as few calls as there can be. One thread. */
public final class DirectFiles {
    private final SmallFiles files = new SmallFiles();

    /** Fills an array with a file's first bytes; how many, negative when it cannot be read. */
    public int read(String file, byte[] into) {
        return files.read(file, into);
    }

    /** What a link says; empty when it cannot be read. */
    public Text link(String file) {
        return files.link(file);
    }
}
