// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether one of the standard streams is a terminal: Java only tells for all of them together. */
public enum Terminal {
    STDOUT(1),
    STDERR(2);

    private final Path link;

    Terminal(int fd) {
        this.link = Path.of("/proc/self/fd/" + fd);
    }

    /** Colours belong there, unless the user said no (https://no-color.org). */
    public boolean isTerminal() {
        if (System.getenv("NO_COLOR") != null) {
            return false;
        }
        try {
            String target = Files.readSymbolicLink(link).toString();
            return target.startsWith("/dev/pts/")
                    || target.startsWith("/dev/tty")
                    || target.equals("/dev/console");
        } catch (IOException e) {
            // A closed stream is no terminal.
            return false;
        }
    }
}
