// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.seccomp;

import dev.torimono.model.Text;
import dev.torimono.sensor.gate.CallerFacts;
import dev.torimono.sensor.gate.SmallFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What /proc says of who connected: a launcher that waits for its filter, or a keeper. Neither has
 * a filter of ours.
 *
 * @param startNs its start, ns since boot
 * @param cgroup the path that tells its container best; empty when it cannot be read
 * @param mountNamespace which view of files it has
 * @param filters its seccomp filters, which whoever is begun beside it has too; -1 unknown
 * @param launcher what tells the file of its launcher from others
 */
record Peer(long startNs, Text cgroup, Text mountNamespace, int filters, String launcher) {

    static Peer read(SmallFiles files, int pid) {
        String proc = "/proc/" + pid;
        String status = files.text(proc + "/status");
        String stat = files.text(proc + "/stat");
        return new Peer(
                // Near enough to when its program began.
                CallerFacts.parse(pid, status, stat).startNs(),
                cgroup(proc),
                files.link(proc + "/ns/mnt"),
                Outsiders.filters(status),
                Outsiders.key(Path.of(proc + "/exe")));
    }

    private static Text cgroup(String proc) {
        try {
            String lines = Files.readString(Path.of(proc + "/cgroup"), StandardCharsets.ISO_8859_1);
            String chosen = "";
            for (String line : lines.split("\n")) {
                String path = line.substring(line.indexOf(':', line.indexOf(':') + 1) + 1);
                if (line.contains(":pids:")) {
                    return Text.of(path);
                }
                chosen = path.length() > chosen.length() ? path : chosen;
            }
            return Text.of(chosen);
        } catch (IOException e) {
            return Text.EMPTY;
        }
    }
}
