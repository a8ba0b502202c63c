// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.grpc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Decodes a block of HTTP/2 headers (HPACK, RFC 7541). We tell the other side to keep no table of
 * its own, so of the indexed headers only the standard ones can occur; of those only the status
 * matters to us.
 */
final class HeaderDecoder {
    private static final int STATIC_HEADERS = 61;
    private static final int FIRST_STATUS = 8;
    private static final String[] STATUSES = {"200", "204", "206", "304", "400", "404", "500"};
    private static final String STATUS = ":status";

    private final byte[] block;
    private int at;

    private HeaderDecoder(byte[] block) {
        this.block = block;
    }

    /** Headers by name; those of the standard table other than the status are left out. */
    static Map<String, String> decode(byte[] block) throws IOException {
        return new HeaderDecoder(block).headers();
    }

    private Map<String, String> headers() throws IOException {
        Map<String, String> headers = new HashMap<>();
        while (at < block.length) {
            int first = block[at] & 0xFF;
            if ((first & 0x80) != 0) {
                int index = indexed(integer(7));
                int status = index - FIRST_STATUS;
                if (status >= 0 && status < STATUSES.length) {
                    headers.put(STATUS, STATUSES[status]);
                }
            } else if ((first & 0xE0) == 0x20) {
                if (integer(5) != 0) {
                    throw new IOException("http2: a table of headers that was refused");
                }
            } else {
                // Literal: with indexing (6 bits of index), without, or never (4 bits).
                int index = integer((first & 0x40) != 0 ? 6 : 4);
                String name = index == 0 ? text() : name(indexed(index));
                headers.put(name, text());
            }
        }
        return headers;
    }

    private static String name(int index) {
        boolean status = index >= FIRST_STATUS && index < FIRST_STATUS + STATUSES.length;
        return status ? STATUS : "standard-" + index;
    }

    private static int indexed(int index) throws IOException {
        if (index < 1 || index > STATIC_HEADERS) {
            throw new IOException("http2: no header " + index);
        }
        return index;
    }

    private int integer(int prefixBits) throws IOException {
        int mask = (1 << prefixBits) - 1;
        int value = next() & mask;
        if (value < mask) {
            return value;
        }
        for (int shift = 0; shift <= 21; shift += 7) {
            int b = next();
            value += (b & 0x7F) << shift;
            if ((b & 0x80) == 0) {
                return value;
            }
        }
        throw new IOException("http2: a number too large");
    }

    private String text() throws IOException {
        boolean huffman = at < block.length && (block[at] & 0x80) != 0;
        int length = integer(7);
        if (length > block.length - at) {
            throw new IOException("http2: a header ends outside its block");
        }
        int from = at;
        at += length;
        byte[] plain = block;
        if (huffman) {
            plain = Huffman.decode(block, from, length);
            from = 0;
            length = plain.length;
        }
        return new String(plain, from, length, StandardCharsets.UTF_8);
    }

    private int next() throws IOException {
        if (at >= block.length) {
            throw new IOException("http2: the headers end too early");
        }
        return block[at++] & 0xFF;
    }
}
