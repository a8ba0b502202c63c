// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.enforce;

import dev.torimono.response.drift.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What became of a file on the upper layer: whether the image had it, with the same content or with
 * another. Only asked once drift is found; the verdict does not depend on it, the reason does.
 */
final class Layers {
    /** Reading more would keep others waiting. */
    private static final long MOST_BYTES = 8 << 20;

    private static final int BLOCK = 1 << 16;

    private final Path proc;

    Layers(Path proc) {
        this.proc = proc;
    }

    /** ADDED, MODIFIED or TOUCHED; ADDED when the layers cannot be read. */
    Origin origin(long pid, String path) {
        Path now = proc.resolve(pid + "/root" + path);
        for (String layer : lowerLayers(pid)) {
            Path was = proc.resolve("1/root" + layer + path);
            if (!Files.isReadable(proc.resolve("1/root"))) {
                was = Path.of(layer + path);
            }
            if (Files.isRegularFile(was, LinkOption.NOFOLLOW_LINKS)) {
                return same(was, now) ? Origin.TOUCHED : Origin.MODIFIED;
            }
        }
        return Origin.ADDED;
    }

    /** Of the root's overlay, the uppermost first; relative ones cannot be found. */
    private List<String> lowerLayers(long pid) {
        try {
            for (String line : Files.readAllLines(proc.resolve(pid + "/mountinfo"))) {
                String[] words = line.split(" ");
                int at = line.indexOf("lowerdir=");
                if (words.length > 4 && words[4].equals("/") && at > 0) {
                    int end = line.indexOf(',', at);
                    String layers = line.substring(at + 9, end < 0 ? line.length() : end);
                    List<String> all = new ArrayList<>();
                    for (String layer : layers.split(":")) {
                        if (layer.startsWith("/")) {
                            all.add(layer);
                        }
                    }
                    return all;
                }
            }
        } catch (IOException | java.io.UncheckedIOException e) {
            // The process is gone: the reason stays the general one.
            return List.of();
        }
        return List.of();
    }

    private static boolean same(Path was, Path now) {
        try {
            if (Files.size(was) != Files.size(now) || Files.size(was) > MOST_BYTES) {
                return false;
            }
            try (var before = Files.newInputStream(was);
                    var after = Files.newInputStream(now)) {
                byte[] a = new byte[BLOCK];
                byte[] b = new byte[BLOCK];
                while (true) {
                    int n = before.readNBytes(a, 0, BLOCK);
                    if (n != after.readNBytes(b, 0, BLOCK) || !Arrays.equals(a, 0, n, b, 0, n)) {
                        return false;
                    }
                    if (n < BLOCK) {
                        return true;
                    }
                }
            }
        } catch (IOException e) {
            return false;
        }
    }
}
