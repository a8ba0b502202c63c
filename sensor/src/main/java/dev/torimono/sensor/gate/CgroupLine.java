// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.gate;

import dev.torimono.model.Text;
import java.nio.charset.StandardCharsets;

/** The cgroup that tells containers apart, of the lines of {@code /proc/PID/cgroup}. */
public final class CgroupLine {
    private CgroupLine() {}

    /**
     * Its path; empty when there is none.
     *
     * @param legacy whether containers are told apart by the pids controller of version 1
     */
    public static Text path(String lines, boolean legacy) {
        String wanted = legacy ? ":pids:" : "0::";
        int at = lines.indexOf(wanted);
        if (at < 0) {
            return Text.EMPTY;
        }
        int from = at + wanted.length();
        int end = lines.indexOf('\n', from);
        String path = lines.substring(from, end < 0 ? lines.length() : end);
        return Text.wrap(path.getBytes(StandardCharsets.ISO_8859_1));
    }
}
