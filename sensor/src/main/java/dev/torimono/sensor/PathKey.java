// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import java.nio.charset.StandardCharsets;

/**
 * Keys of the kernel's map of interesting paths: hashes, so that a collision tells an event too
 * many and never one too few. {@code extract/interest.h} computes the same.
 */
final class PathKey {
    /** Longer prefixes are looked for by their beginning. */
    static final int PREFIX_MAX = 63;

    static final int BLOOM_BITS = 4096;

    private static final long BASIS = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;
    private static final long PREFIX = 0x5851f42d4c957f2dL;
    private static final long DIRECTORY = 0x14057b7ef767814fL;
    private static final long NAME = 0x2545f4914f6cdd1dL;
    private static final long FRAGMENT = 0x9e3779b97f4a7c15L;
    private static final int FRAGMENT_BYTES = 4;

    private PathKey() {}

    static long exact(String path) {
        return hash(bytes(path), PREFIX_MAX * PREFIX_MAX);
    }

    /** Of at most {@link #PREFIX_MAX} bytes. */
    static long prefix(String prefix) {
        return hash(bytes(prefix), PREFIX_MAX) ^ PREFIX;
    }

    static int prefixLength(String prefix) {
        return Math.min(bytes(prefix).length, PREFIX_MAX);
    }

    /** Falco names the root directory, where a path has nothing before its last slash. */
    static long directory(String directory) {
        return exact(directory.equals("/") ? "" : directory) ^ DIRECTORY;
    }

    static long name(String name) {
        return exact(name) ^ NAME;
    }

    /** Of the last four bytes: what has the fragment has them. */
    static long fragment(String fragment) {
        byte[] bytes = bytes(fragment);
        int window = 0;
        for (int i = bytes.length - FRAGMENT_BYTES; i < bytes.length; i++) {
            window = window << 8 | Byte.toUnsignedInt(bytes[i]);
        }
        return Integer.toUnsignedLong(window) * PRIME ^ FRAGMENT;
    }

    /** Which bit says that the key may be in the map. */
    static int bloomBit(long key) {
        return (int) (key ^ key >>> 32) & BLOOM_BITS - 1;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static long hash(byte[] bytes, int max) {
        long hash = BASIS;
        for (int i = 0; i < bytes.length && i < max; i++) {
            hash = (hash ^ Byte.toUnsignedInt(bytes[i])) * PRIME;
        }
        return hash;
    }
}
