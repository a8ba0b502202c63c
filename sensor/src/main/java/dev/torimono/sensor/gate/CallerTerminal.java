// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.gate;

import dev.torimono.model.Text;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * Tells a held caller on its own terminal. Only where its stderr is a pseudo terminal that exists
 * in its own view of files: whoever hands a container somebody else's terminal gets no word of ours
 * on it. Never waits. One thread.
 */
public final class CallerTerminal {
    private static final String TERMINALS = "/dev/pts/";
    private static final String CONSOLE = "/dev/console";

    private final SmallFiles files;
    private final String proc;

    public CallerTerminal(SmallFiles files, String proc) {
        this.files = files;
        this.proc = proc;
    }

    /** Writes a line; false when there is no terminal or no room. */
    public boolean tell(long tid, String line) {
        String stderr = proc + tid + "/fd/2";
        Text name = files.link(stderr);
        String path = name.toString();
        if (!path.startsWith(TERMINALS) && !path.equals(CONSOLE)) {
            return false;
        }
        if (!same(Path.of(stderr), Path.of(proc + tid + "/root" + path))) {
            return false;
        }
        int flags = SmallFiles.O_WRONLY | SmallFiles.O_NOCTTY | SmallFiles.O_NONBLOCK;
        int terminal = files.open(stderr, flags);
        if (terminal < 0) {
            return false;
        }
        try {
            return files.write(terminal, (line + "\n").getBytes(StandardCharsets.UTF_8));
        } finally {
            files.close(terminal);
        }
    }

    /** Device and inode of both, and that it is no ordinary file. */
    private static boolean same(Path fd, Path seen) {
        try {
            return Files.getAttribute(fd, "unix:ino").equals(attribute(seen, "unix:ino"))
                    && Files.getAttribute(fd, "unix:dev").equals(attribute(seen, "unix:dev"))
                    && Files.getAttribute(fd, "unix:rdev").equals(attribute(seen, "unix:rdev"))
                    && ((Integer) Files.getAttribute(fd, "unix:mode") & 0170000) == 0020000;
        } catch (IOException e) {
            return false;
        }
    }

    private static Object attribute(Path path, String name) throws IOException {
        return Files.getAttribute(path, name, LinkOption.NOFOLLOW_LINKS);
    }
}
