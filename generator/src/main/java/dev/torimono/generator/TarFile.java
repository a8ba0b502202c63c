// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.generator;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A small archive in the ustar format, in memory: name at 0, mode 100, size 124, type 156. */
final class TarFile {
    private static final int BLOCK = 512;
    private static final int CHECKSUM_AT = 148;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    TarFile folder(String name, int mode) {
        add(name + "/", mode, '5', new byte[0]);
        return this;
    }

    TarFile file(String name, int mode, String content) {
        add(name, mode, '0', content.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    byte[] toBytes() {
        byte[] end = new byte[2 * BLOCK];
        bytes.write(end, 0, end.length);
        return bytes.toByteArray();
    }

    private void add(String name, int mode, char type, byte[] content) {
        byte[] header = new byte[BLOCK];
        put(header, 0, name);
        put(header, 100, String.format(Locale.ROOT, "%07o", mode));
        put(header, 108, "0000000");
        put(header, 116, "0000000");
        put(header, 124, String.format(Locale.ROOT, "%011o", content.length));
        put(header, 136, "00000000000");
        put(header, CHECKSUM_AT, "        ");
        header[156] = (byte) type;
        put(header, 257, "ustar\00000");
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        put(header, CHECKSUM_AT, String.format(Locale.ROOT, "%06o\0 ", sum));
        bytes.write(header, 0, BLOCK);
        bytes.write(content, 0, content.length);
        bytes.write(new byte[BLOCK], 0, (BLOCK - content.length % BLOCK) % BLOCK);
    }

    private static void put(byte[] header, int at, String text) {
        byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(ascii, 0, header, at, ascii.length);
    }
}
