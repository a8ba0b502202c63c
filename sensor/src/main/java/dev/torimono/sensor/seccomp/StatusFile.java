// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.seccomp;

import java.nio.charset.StandardCharsets;

/**
 * {@code /proc/TID/status}, of its bytes: lines are asked for in the order that they stand in, so
 * that it is gone through once. Refilled for each; one thread.
 */
final class StatusFile {
    private byte[] bytes = new byte[0];
    private int length;
    private int at;

    /** A name as it begins its line. */
    static byte[] key(String name) {
        return ("\n" + name + ":\t").getBytes(StandardCharsets.US_ASCII);
    }

    /** Takes a file in; the array is not copied. */
    void read(byte[] file, int count) {
        bytes = file;
        length = count;
        at = 0;
    }

    /** Goes on to the next line of that name; false, and where it was, when there is none. */
    boolean find(byte[] key) {
        for (int i = at; i + key.length <= length; i++) {
            if (bytes[i] == '\n' && begins(key, i)) {
                at = i + key.length;
                return true;
            }
        }
        return false;
    }

    private boolean begins(byte[] key, int from) {
        for (int i = 1; i < key.length; i++) {
            if (bytes[from + i] != key[i]) {
                return false;
            }
        }
        return true;
    }

    /** The next number of the line; 0 when there is no more. */
    long number() {
        long value = 0;
        while (at < length && bytes[at] >= '0' && bytes[at] <= '9') {
            value = value * 10 + bytes[at++] - '0';
        }
        skip();
        return value;
    }

    /** The last number of the line. */
    long last() {
        long value = number();
        while (at < length && bytes[at] >= '0' && bytes[at] <= '9') {
            value = number();
        }
        return value;
    }

    long hex() {
        long value = 0;
        int digit = at < length ? Character.digit(bytes[at], 16) : -1;
        while (digit >= 0) {
            value = value << 4 | digit;
            at++;
            digit = at < length ? Character.digit(bytes[at], 16) : -1;
        }
        return value;
    }

    /** The tab between two numbers, not the end of the line. */
    private void skip() {
        if (at < length && bytes[at] == '\t') {
            at++;
        }
    }
}
