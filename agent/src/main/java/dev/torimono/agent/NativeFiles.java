// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent;

import dev.torimono.host.ProcFiles;
import dev.torimono.model.Text;
import dev.torimono.sensor.process.DirectFiles;

/** Reads /proc with the sensor's calls, one each and no object of the JDK's around them. */
record NativeFiles(DirectFiles files) implements ProcFiles {
    static ProcFiles open() {
        return new NativeFiles(new DirectFiles());
    }

    @Override
    public int read(String file, byte[] into) {
        return files.read(file, into);
    }

    @Override
    public Text link(String file) {
        return files.link(file);
    }
}
