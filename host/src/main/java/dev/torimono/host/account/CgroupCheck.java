// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.account;

import dev.torimono.host.container.CgroupPath;
import dev.torimono.host.container.Placement;
import dev.torimono.model.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether a process still is in a container: its pid may belong to somebody else by now. */
final class CgroupCheck {
    private CgroupCheck() {}

    static boolean holds(Path cgroupFile, String fullId) {
        try {
            for (String line : Files.readString(cgroupFile).split("\n")) {
                String path = line.substring(line.indexOf('/') + 1);
                Placement placement = CgroupPath.parse(Text.of("/" + path));
                if (placement != null && placement.id().equals(fullId)) {
                    return true;
                }
            }
            return false;
        } catch (IOException gone) {
            return false;
        }
    }
}
