// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host;

import dev.torimono.model.Text;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How small files and links of /proc are read. Whoever can do it with fewer calls than the JDK may
 * stand in. What is gone is no error here. One owner thread.
 */
public interface ProcFiles {
    /** Fills an array with a file's first bytes; how many, negative when it cannot be read. */
    int read(String file, byte[] into);

    /** What a link says; empty when it cannot be read. */
    Text link(String file);

    /** By the JDK's own means. */
    ProcFiles JDK =
            new ProcFiles() {
                @Override
                public int read(String file, byte[] into) {
                    try (FileInputStream in = new FileInputStream(file)) {
                        return in.readNBytes(into, 0, into.length);
                    } catch (IOException gone) {
                        return -1;
                    }
                }

                @Override
                public Text link(String file) {
                    try {
                        return Text.of(Files.readSymbolicLink(Path.of(file)).toString());
                    } catch (IOException gone) {
                        return Text.EMPTY;
                    }
                }
            };
}
