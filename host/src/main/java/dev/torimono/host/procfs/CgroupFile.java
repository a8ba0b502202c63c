// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.procfs;

/**
 * Chooses among the lines of /proc/PID/cgroup ({@code number:controllers:path}). On v1 and hybrid
 * hosts containers often share one v2 cgroup, so the pids controller's line comes first, as in the
 * kernel sensor; on pure v2 there is only {@code 0::path}.
 */
final class CgroupFile {
    private CgroupFile() {}

    static String choose(String content) {
        String unified = "";
        String any = "";
        for (String line : content.split("\n")) {
            int first = line.indexOf(':');
            int second = line.indexOf(':', first + 1);
            if (first < 0 || second < 0) {
                continue;
            }
            String controllers = line.substring(first + 1, second);
            String path = line.substring(second + 1);
            if (controllers.equals("pids") || controllers.contains("pids,")) {
                return path;
            }
            if (controllers.isEmpty()) {
                unified = path;
            } else if (any.length() <= 1) {
                any = path;
            }
        }
        return unified.length() > 1 || any.isEmpty() ? unified : any;
    }
}
