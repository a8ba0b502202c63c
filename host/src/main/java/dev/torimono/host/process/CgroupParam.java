// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.process;

import dev.torimono.host.procfs.TextPool;
import dev.torimono.model.Event;
import dev.torimono.model.Extension;
import dev.torimono.model.Text;

/** The cgroup path that an exec or clone record tells. */
final class CgroupParam {
    private CgroupParam() {}

    /**
     * Our sensor's bare path behind the detail, else the schema's NUL-separated {@code
     * subsys=path}; empty when the record has neither.
     */
    static Text path(Event event, int cgroups, int detail, TextPool texts) {
        if (detail >= 0 && event.length(detail) > Extension.DETAIL_HEADER_BYTES) {
            return texts.of(event, detail, Extension.DETAIL_HEADER_BYTES);
        }
        if (!event.has(cgroups)) {
            return Text.EMPTY;
        }
        int length = event.length(cgroups);
        int first = -1;
        for (int at = 0; at < length; at += event.textLength(cgroups, at) + 1) {
            int value = value(event, cgroups, at);
            if (named(event, cgroups, at, value, "pids")) {
                return texts.of(event, cgroups, value);
            }
            if (first < 0 && event.textLength(cgroups, value) > 1) {
                first = value;
            }
        }
        return first < 0 ? Text.EMPTY : texts.of(event, cgroups, first);
    }

    /** Where the path starts in an entry: behind its equals sign, if there is one. */
    private static int value(Event event, int param, int from) {
        int end = from + event.textLength(param, from);
        for (int i = from; i < end; i++) {
            int c = event.byteAt(param, i);
            if (c == '=') {
                return i + 1;
            }
            if (c == '/') {
                return from;
            }
        }
        return from;
    }

    private static boolean named(Event event, int param, int from, int value, String name) {
        if (value - from != name.length() + 1) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (event.byteAt(param, from + i) != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
