// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.capture;

import dev.torimono.model.Text;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Joins a directory and a path and normalises the result: no empty and no dot components, {@code
 * ..} taken back, no slash at the end. Works on its own buffer, so that joining allocates nothing.
 */
final class PathJoin {
    private static final int MAX_LENGTH = 1024;
    private static final byte[] TOO_LONG = "/PATH_TOO_LONG".getBytes(StandardCharsets.US_ASCII);

    private byte[] input = new byte[512];
    private byte[] out = new byte[512];
    private int length;

    /** Room for a path of that many bytes, to be filled before {@link #join}. */
    byte[] room(int wanted) {
        if (input.length < wanted) {
            input = new byte[Math.max(wanted, 2 * input.length)];
        }
        return input;
    }

    /** Joins the path in {@link #room} to a directory; an absolute one stands by itself. */
    PathJoin join(byte[] directory, int directoryLength, int pathLength) {
        length = 0;
        int most = directoryLength + pathLength + 2;
        if (out.length < most) {
            out = new byte[Math.max(most, 2 * out.length)];
        }
        boolean absolute = pathLength > 0 && input[0] == '/';
        if (!absolute && directoryLength > 0) {
            rooted(directory[0] == '/');
            append(directory, directoryLength);
        } else {
            rooted(absolute);
        }
        append(input, pathLength);
        if (length == 0 && (pathLength > 0 || directoryLength > 0)) {
            out[length++] = '.';
        }
        if (length > MAX_LENGTH) {
            System.arraycopy(TOO_LONG, 0, out, 0, TOO_LONG.length);
            length = TOO_LONG.length;
        }
        return this;
    }

    byte[] bytes() {
        return out;
    }

    int length() {
        return length;
    }

    Text text() {
        return Text.of(out, 0, length);
    }

    /** As a working directory is written: with a slash at its end. */
    Text directory() {
        if (length > 0 && out[length - 1] == '/') {
            return text();
        }
        byte[] with = Arrays.copyOf(out, length + 1);
        with[length] = '/';
        return Text.wrap(with);
    }

    private void rooted(boolean root) {
        if (root) {
            out[length++] = '/';
        }
    }

    private void append(byte[] path, int pathLength) {
        int at = 0;
        while (at < pathLength) {
            int end = at;
            while (end < pathLength && path[end] != '/') {
                end++;
            }
            component(path, at, end);
            at = end + 1;
        }
    }

    private void component(byte[] path, int from, int end) {
        int size = end - from;
        if (size == 0 || (size == 1 && path[from] == '.')) {
            return;
        }
        boolean root = length > 0 && out[0] == '/';
        if (size == 2 && path[from] == '.' && path[from + 1] == '.') {
            int last = lastComponent();
            boolean climbs = length - last == 2 && out[last] == '.' && out[last + 1] == '.';
            if (root || (length > 0 && !climbs)) {
                length = Math.max(last - 1, root ? 1 : 0);
                return;
            }
        }
        if (length > 0 && out[length - 1] != '/') {
            out[length++] = '/';
        }
        System.arraycopy(path, from, out, length, size);
        length += size;
    }

    private int lastComponent() {
        int at = length;
        while (at > 0 && out[at - 1] != '/') {
            at--;
        }
        return at;
    }
}
