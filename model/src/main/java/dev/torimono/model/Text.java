// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.model;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Immutable bytes that are usually, but not surely, UTF-8 text: names and paths as the kernel has
 * them. Hash and String are made once, on demand; both caches are benign races, as in String.
 */
public final class Text implements Comparable<Text> {
    public static final Text EMPTY = new Text(new byte[0]);

    private final byte[] bytes;
    private int hash;
    private @Nullable String string;

    private Text(byte[] bytes) {
        this.bytes = bytes;
    }

    public static Text of(String string) {
        if (string.isEmpty()) {
            return EMPTY;
        }
        Text text = new Text(string.getBytes(StandardCharsets.UTF_8));
        text.string = string;
        return text;
    }

    /** Copies the bytes. */
    public static Text of(byte[] bytes, int offset, int length) {
        return length == 0 ? EMPTY : new Text(Arrays.copyOfRange(bytes, offset, offset + length));
    }

    /** Takes the array over; the caller must not write it again. */
    public static Text wrap(byte[] bytes) {
        return bytes.length == 0 ? EMPTY : new Text(bytes);
    }

    /**
     * The texts of a NUL-separated list such as args or env: each NUL ends one, and what follows
     * the last NUL counts when it is not empty. A lone NUL is an empty list, as it is for Falco.
     */
    public static List<Text> splitNul(byte[] bytes, int offset, int length) {
        List<Text> texts = new ArrayList<>();
        if (length == 1 && bytes[offset] == 0) {
            return texts;
        }
        int start = offset;
        for (int i = offset, end = offset + length; i < end; i++) {
            if (bytes[i] == 0) {
                texts.add(of(bytes, start, i - start));
                start = i + 1;
            }
        }
        if (start < offset + length) {
            texts.add(of(bytes, start, offset + length - start));
        }
        return texts;
    }

    /** A text and those that follow it, separated by blanks. */
    public static Text join(Text first, List<Text> rest) {
        int length = first.length();
        for (Text text : rest) {
            length += 1 + text.length();
        }
        byte[] joined = Arrays.copyOf(first.bytes, length);
        int at = first.length();
        for (Text text : rest) {
            joined[at++] = ' ';
            System.arraycopy(text.bytes, 0, joined, at, text.length());
            at += text.length();
        }
        return wrap(joined);
    }

    public int length() {
        return bytes.length;
    }

    public boolean isEmpty() {
        return bytes.length == 0;
    }

    public byte at(int index) {
        return bytes[index];
    }

    /** The bytes themselves, not a copy: read only. */
    public byte[] array() {
        return bytes;
    }

    /** The hash that {@link #hashCode()} of the same bytes gives. */
    public static int hash(byte[] bytes, int offset, int length) {
        int h = 1;
        for (int i = offset, end = offset + length; i < end; i++) {
            h = 31 * h + bytes[i];
        }
        return h == 0 ? 1 : h;
    }

    public boolean equalTo(byte[] other, int offset, int length) {
        return Arrays.equals(bytes, 0, bytes.length, other, offset, offset + length);
    }

    @Override
    public int hashCode() {
        int h = hash;
        if (h == 0) {
            h = hash(bytes, 0, bytes.length);
            hash = h;
        }
        return h;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof Text text && Arrays.equals(bytes, text.bytes));
    }

    /** Unsigned byte order, as strcmp. */
    @Override
    public int compareTo(Text other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    /** Decoded as UTF-8; what is invalid becomes U+FFFD. */
    @Override
    public String toString() {
        String s = string;
        if (s == null) {
            s = new String(bytes, StandardCharsets.UTF_8);
            string = s;
        }
        return s;
    }
}
