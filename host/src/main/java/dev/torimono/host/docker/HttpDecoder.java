// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.docker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Decodes one HTTP/1.1 response as its bytes arrive: status, then a body of known length, in
 * chunks, or up to the end of the connection. A runtime's answers are trusted little: head, body
 * and chunk sizes are bounded.
 */
final class HttpDecoder {
    private static final int MOST_LINE_BYTES = 16 * 1024;
    private static final int MOST_HEAD_LINES = 200;

    private enum State {
        STATUS,
        HEADERS,
        CHUNK_SIZE,
        CHUNK,
        CHUNK_END,
        TRAILER,
        COUNTED,
        UNTIL_END,
        DONE
    }

    private final int mostBodyBytes;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final StringBuilder line = new StringBuilder();
    private State state = State.STATUS;
    private int status;
    private int headLines;
    private boolean chunked;
    private long length = -1;
    private long left;

    HttpDecoder(int mostBodyBytes) {
        this.mostBodyBytes = mostBodyBytes;
    }

    /** Takes every byte of the buffer in. */
    void feed(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining() && state != State.DONE) {
            switch (state) {
                case STATUS, HEADERS, CHUNK_SIZE, CHUNK_END, TRAILER -> character(bytes.get());
                case CHUNK, COUNTED, UNTIL_END -> content(bytes);
                case DONE -> throw new IllegalStateException("the response is complete");
            }
        }
        // What follows a complete response is not ours.
        bytes.position(bytes.limit());
    }

    /** The connection ended. */
    void end() throws IOException {
        if (state == State.UNTIL_END) {
            state = State.DONE;
        }
        if (state != State.DONE) {
            throw new IOException("http: the connection ended inside the response");
        }
    }

    boolean done() {
        return state == State.DONE;
    }

    /** 0 until the status line came. */
    int status() {
        return status;
    }

    /** The body's bytes decoded since the last call. */
    byte[] take() {
        byte[] bytes = body.toByteArray();
        body.reset();
        return bytes;
    }

    private void character(byte b) throws IOException {
        if (b != '\n') {
            if (line.length() >= MOST_LINE_BYTES) {
                throw new IOException("http: a line of the response is too long");
            }
            line.append((char) (b & 0xFF));
            return;
        }
        String text = line.toString().strip();
        line.setLength(0);
        switch (state) {
            case STATUS -> status(text);
            case HEADERS -> header(text);
            case CHUNK_SIZE -> chunk(text);
            case CHUNK_END -> state = State.CHUNK_SIZE;
            case TRAILER -> state = text.isEmpty() ? State.DONE : State.TRAILER;
            case CHUNK, COUNTED, UNTIL_END, DONE -> throw new IllegalStateException(state.name());
        }
    }

    private void status(String text) throws IOException {
        String[] words = text.split(" ", 3);
        if (words.length < 2 || !words[0].startsWith("HTTP/1.")) {
            throw new IOException("http: not a response: " + text);
        }
        status = number(words[1], 10);
        state = State.HEADERS;
    }

    private void header(String text) throws IOException {
        if (++headLines > MOST_HEAD_LINES) {
            throw new IOException("http: too many headers");
        }
        if (text.isEmpty()) {
            startBody();
            return;
        }
        int colon = text.indexOf(':');
        String name = colon < 0 ? text : text.substring(0, colon).toLowerCase(Locale.ROOT);
        String value = colon < 0 ? "" : text.substring(colon + 1).strip();
        if (name.equals("transfer-encoding")) {
            chunked = value.equalsIgnoreCase("chunked");
        } else if (name.equals("content-length")) {
            length = number(value, 10);
        }
    }

    private void startBody() {
        if (status / 100 == 1) {
            state = State.STATUS;
        } else if (status == 204 || status == 304 || (!chunked && length == 0)) {
            state = State.DONE;
        } else if (chunked) {
            state = State.CHUNK_SIZE;
        } else {
            left = length;
            state = length < 0 ? State.UNTIL_END : State.COUNTED;
        }
    }

    private void chunk(String text) throws IOException {
        int extension = text.indexOf(';');
        left = number(extension < 0 ? text : text.substring(0, extension).strip(), 16);
        state = left == 0 ? State.TRAILER : State.CHUNK;
    }

    private void content(ByteBuffer bytes) throws IOException {
        int n = bytes.remaining();
        if (state != State.UNTIL_END) {
            n = (int) Math.min(n, left);
            left -= n;
        }
        if (body.size() + n > mostBodyBytes) {
            throw new IOException("http: the body exceeds " + mostBodyBytes + " bytes");
        }
        byte[] part = new byte[n];
        bytes.get(part);
        body.write(part, 0, n);
        if (left == 0 && state == State.CHUNK) {
            state = State.CHUNK_END;
        } else if (left == 0 && state == State.COUNTED) {
            state = State.DONE;
        }
    }

    private static int number(String text, int radix) throws IOException {
        try {
            int value = Integer.parseInt(text, radix);
            if (value >= 0) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new IOException("http: not a number: " + text, e);
        }
        throw new IOException("http: negative length: " + text);
    }

    /** A GET request; every answer ends its connection. */
    static ByteBuffer get(String path) {
        String request =
                "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        return ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII));
    }
}
