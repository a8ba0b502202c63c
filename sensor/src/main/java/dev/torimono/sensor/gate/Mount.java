// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.gate;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One mount of {@code /proc/PID/mountinfo}.
 *
 * @param device {@code major:minor} of its super block
 * @param root what of its file system is mounted
 * @param point where it is mounted, one byte a character
 * @param type file system
 * @param executable whether programs on it can be executed
 */
record Mount(String device, String root, String point, String type, boolean executable) {
    /** Kernel file systems hold no programs. */
    private static final Set<String> NO_PROGRAMS =
            Set.of(
                    "proc",
                    "sysfs",
                    "cgroup",
                    "cgroup2",
                    "devpts",
                    "mqueue",
                    "securityfs",
                    "debugfs",
                    "tracefs",
                    "bpf",
                    "configfs",
                    "pstore",
                    "efivarfs",
                    "fusectl",
                    "binfmt_misc",
                    "nsfs",
                    "autofs",
                    "selinuxfs");

    private static final int FIXED_WORDS = 6;

    /** What is mounted at the root, the uppermost; null when nothing is. */
    static @Nullable Mount root(List<Mount> all) {
        Mount root = null;
        for (Mount mount : all) {
            root = mount.point().equals("/") ? mount : root;
        }
        return root;
    }

    /** Whether both show the same part of the same file system. */
    boolean shows(Mount other) {
        return device.equals(other.device) && root.equals(other.root);
    }

    /** Of the whole file; lines that are none are passed over. */
    static List<Mount> parse(String text) {
        List<Mount> mounts = new ArrayList<>();
        for (String line : text.split("\n")) {
            String[] words = line.split(" ");
            int dash = FIXED_WORDS;
            while (dash < words.length && !words[dash].equals("-")) {
                dash++;
            }
            if (dash + 1 < words.length) {
                boolean noexec = List.of(words[5].split(",")).contains("noexec");
                String type = words[dash + 1];
                mounts.add(
                        new Mount(
                                words[2],
                                words[3],
                                unescape(words[4]),
                                type,
                                !noexec && !NO_PROGRAMS.contains(type)));
            }
        }
        return mounts;
    }

    /** Blanks and the like stand as three octal digits. */
    private static String unescape(String word) {
        if (word.indexOf('\\') < 0) {
            return word;
        }
        byte[] bytes = word.getBytes(StandardCharsets.ISO_8859_1);
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\\' && i + 3 < bytes.length) {
                int value = 0;
                for (int d = 1; d <= 3; d++) {
                    value = value * 8 + (bytes[i + d] - '0');
                }
                out.append((char) (value & 0xff));
                i += 3;
            } else {
                out.append((char) (bytes[i] & 0xff));
            }
        }
        return out.toString();
    }
}
