// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.seccomp;

import dev.torimono.sensor.SensorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Where launchers find the agent: a socket for programs of any user. */
final class Ear {
    private Ear() {}

    /**
     * Listens. The socket of an agent that is gone is replaced; that of one that listens is not:
     * launchers would find only one of the two, and none once that has ended.
     */
    static int open(TalkSocket talks, Path socket) {
        if (talks.answers(socket.toString())) {
            throw new SensorException(
                    SensorException.Reason.ALREADY_RUNNING,
                    "socket: " + socket + ": another agent listens there");
        }
        try {
            Path folder = socket.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.deleteIfExists(socket);
            int listening = talks.listen(socket.toString());
            if (listening < 0) {
                throw cannot(socket, "error " + -listening);
            }
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw-rw-"));
            return listening;
        } catch (IOException e) {
            throw cannot(socket, String.valueOf(e.getMessage()));
        }
    }

    private static SensorException cannot(Path socket, String why) {
        return new SensorException(
                SensorException.Reason.SECCOMP, "socket: " + socket + ": " + why);
    }
}
