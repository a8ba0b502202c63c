// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.grpc;

/**
 * One frame of HTTP/2.
 *
 * @param type what it is, one of the constants here
 * @param flags its flags, by type
 * @param stream the stream it belongs to; 0 for the connection
 * @param payload what it carries
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Frame(int type, int flags, int stream, byte[] payload) {
    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int CONTINUATION = 9;

    static final int END_STREAM = 0x1;
    static final int ACK = 0x1;
    static final int END_HEADERS = 0x4;
    static final int PADDED = 0x8;
    static final int PRIORITY = 0x20;

    static final int HEADER_BYTES = 9;

    /** What we accept and send at most: the value that holds without being agreed on. */
    static final int MOST_PAYLOAD_BYTES = 16_384;

    boolean has(int flag) {
        return (flags & flag) != 0;
    }
}
