// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.grpc;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * The code of RFC 7541, appendix B. It is canonical: codes of one length follow each other in the
 * order of their symbols, shorter before longer ones, so that the lengths say everything.
 */
final class Huffman {
    private static final int SYMBOLS = 257;
    private static final int END = 256;
    private static final int LONGEST = 30;

    /** Length of each symbol's code in bits, as a letter: A is 5. */
    private static final String LENGTHS =
            "ISXXXXXXXTZXXZXXXXXXXXZXXXXXXXXXBFFHIBDGFFDGDBBBAAABBBBBBBCDKBHF"
                    + "IBCCCCCCCCCCCCCCCCCCCCCCDCDIOIJBKABABABBBACCBBBABCBAABCCCCCKGJIX"
                    + "PRPPRRRSRSSSSSTSTTRSTSSSSQRSRSSTRQPRRSSQSRRTQRSSQQRQSRSSPRRRSRRS"
                    + "VVPORSRUVVVWWVTUOQVWWVWTQQVVXWWWPTPQRQQSRRUUTTVSVWVVWWWWWXWWWWWV"
                    + "Z";

    /** First code of each length. */
    private static final int[] FIRST = new int[LONGEST + 1];

    /** Number of codes of each length. */
    private static final int[] COUNT = new int[LONGEST + 1];

    /** Where the symbols of each length begin. */
    private static final int[] START = new int[LONGEST + 1];

    /** Symbols in the order of their codes. */
    private static final int[] SORTED = new int[SYMBOLS];

    static {
        int code = 0;
        int at = 0;
        for (int bits = 1; bits <= LONGEST; bits++) {
            code <<= 1;
            FIRST[bits] = code;
            START[bits] = at;
            for (int symbol = 0; symbol < SYMBOLS; symbol++) {
                if (LENGTHS.charAt(symbol) - 'A' + 5 == bits) {
                    SORTED[at++] = symbol;
                }
            }
            COUNT[bits] = at - START[bits];
            code += COUNT[bits];
        }
    }

    private Huffman() {}

    static byte[] decode(byte[] bytes, int from, int length) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(length * 2);
        int code = 0;
        int bits = 0;
        for (int i = from * 8; i < (from + length) * 8; i++) {
            code = (code << 1) | ((bytes[i >> 3] >> (7 - (i & 7))) & 1);
            bits++;
            int offset = code - FIRST[bits];
            if (offset >= 0 && offset < COUNT[bits]) {
                int symbol = SORTED[START[bits] + offset];
                if (symbol == END) {
                    throw new IOException("http2: end of text inside a text");
                }
                out.write(symbol);
                code = 0;
                bits = 0;
            } else if (bits == LONGEST) {
                throw new IOException("http2: not a code");
            }
        }
        // What is left over is padding: the beginning of END, all ones.
        if (bits > 7 || code != (1 << bits) - 1) {
            throw new IOException("http2: a text ends inside a character");
        }
        return out.toByteArray();
    }
}
