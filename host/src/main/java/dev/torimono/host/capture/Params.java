// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.capture;

import dev.torimono.model.Event;
import dev.torimono.model.Text;
import java.util.List;

/**
 * Takes texts out of parameters. Where the task already has the same text it is shared, since a
 * child mostly repeats what its parent has. Works on its own buffer.
 */
final class Params {
    private byte[] buffer = new byte[4096];

    /** The parameter's text without its NUL, or {@code same} when that is equal. */
    Text text(Event event, int param, Text same) {
        int length = event.textLength(param, 0);
        read(event, param);
        return same.equalTo(buffer, 0, length) ? same : Text.of(buffer, 0, length);
    }

    /** All bytes of the parameter as a text, NULs included, or {@code same}. */
    Text bytes(Event event, int param, Text same) {
        int length = read(event, param);
        return same.equalTo(buffer, 0, length) ? same : Text.of(buffer, 0, length);
    }

    /** The NUL-separated texts of the parameter, or {@code same} when they are equal. */
    List<Text> texts(Event event, int param, List<Text> same) {
        int length = read(event, param);
        return equal(same, length) ? same : Text.splitNul(buffer, 0, length);
    }

    /** As {@link #texts}, without the empty ones that only pad the end. */
    List<Text> environment(Event event, int param, List<Text> same) {
        int length = read(event, param);
        int end = length;
        while (end > 0 && buffer[end - 1] == 0) {
            end--;
        }
        int used = Math.min(length, end + 1);
        return equal(same, used) ? same : Text.splitNul(buffer, 0, used);
    }

    private int read(Event event, int param) {
        int length = event.length(param);
        if (buffer.length < length) {
            buffer = new byte[Math.max(length, 2 * buffer.length)];
        }
        return event.copy(param, 0, buffer, 0, length);
    }

    private boolean equal(List<Text> texts, int length) {
        int at = 0;
        for (Text text : texts) {
            int end = at + text.length();
            boolean fits = end < length ? buffer[end] == 0 : end == length;
            if (!fits || !text.equalTo(buffer, at, text.length())) {
                return false;
            }
            at = end + 1;
        }
        return at >= length;
    }
}
