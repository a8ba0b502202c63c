// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON into a byte array of its own: no spaces, UTF-8, escapes as Falco's writer has them.
 * The caller keeps keys in order. One thread; {@link #reset} makes it ready for the next document.
 */
public final class JsonWriter {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes = new byte[1024];
    private int length;
    private boolean first = true;

    public JsonWriter reset() {
        length = 0;
        first = true;
        return this;
    }

    public byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    public JsonWriter beginObject() {
        return open('{');
    }

    public JsonWriter endObject() {
        return close('}');
    }

    public JsonWriter beginArray() {
        return open('[');
    }

    public JsonWriter endArray() {
        return close(']');
    }

    /** The key of the next value. */
    public JsonWriter name(String key) {
        string(key);
        put(':');
        first = true;
        return this;
    }

    public JsonWriter string(String text) {
        separate();
        put('"');
        escaped(text);
        put('"');
        return this;
    }

    public JsonWriter number(long value) {
        return raw(Long.toString(value));
    }

    public JsonWriter bool(boolean value) {
        return raw(value ? "true" : "false");
    }

    public JsonWriter nothing() {
        return raw("null");
    }

    /** Any value that an output field can have; what JSON has no type for becomes its text. */
    public JsonWriter value(@Nullable Object value) {
        return switch (value) {
            case null -> nothing();
            case Boolean flag -> bool(flag);
            case Double number when number.isNaN() || number.isInfinite() -> nothing();
            case Number number -> raw(number.toString());
            case List<?> list -> values(list);
            case Map<?, ?> map -> entries(map);
            default -> string(value.toString());
        };
    }

    /** The text with JSON's escapes but without quotes around it. */
    public JsonWriter escaped(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                i += multibyte(text, i);
            } else if (c < 0x20 || c == '"' || c == '\\') {
                escape(c);
            } else {
                put(c);
            }
        }
        return this;
    }

    /** Bytes of ASCII as they are. */
    public JsonWriter literal(String ascii) {
        for (int i = 0; i < ascii.length(); i++) {
            put(ascii.charAt(i));
        }
        return this;
    }

    private JsonWriter values(List<?> list) {
        beginArray();
        list.forEach(this::value);
        return endArray();
    }

    private JsonWriter entries(Map<?, ?> map) {
        beginObject();
        map.forEach((key, value) -> name(String.valueOf(key)).value(value));
        return endObject();
    }

    private JsonWriter open(char bracket) {
        separate();
        put(bracket);
        first = true;
        return this;
    }

    private JsonWriter close(char bracket) {
        put(bracket);
        first = false;
        return this;
    }

    private JsonWriter raw(String ascii) {
        separate();
        return literal(ascii);
    }

    private void separate() {
        if (!first) {
            put(',');
        }
        first = false;
    }

    private void escape(char c) {
        put('\\');
        switch (c) {
            case '"', '\\' -> put(c);
            case '\b' -> put('b');
            case '\f' -> put('f');
            case '\n' -> put('n');
            case '\r' -> put('r');
            case '\t' -> put('t');
            default -> {
                literal("u00");
                put((char) HEX[c >> 4]);
                put((char) HEX[c & 15]);
            }
        }
    }

    /** Writes the code point at i as UTF-8; returns how many further chars it took. */
    private int multibyte(String text, int i) {
        int codePoint = text.codePointAt(i);
        int taken = Character.charCount(codePoint) - 1;
        if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
            // A lone surrogate has no UTF-8 form.
            codePoint = 0xFFFD;
        }
        if (codePoint < 0x800) {
            put(0xC0 | (codePoint >> 6));
        } else {
            if (codePoint < 0x10000) {
                put(0xE0 | (codePoint >> 12));
            } else {
                put(0xF0 | (codePoint >> 18));
                put(0x80 | ((codePoint >> 12) & 0x3F));
            }
            put(0x80 | ((codePoint >> 6) & 0x3F));
        }
        put(0x80 | (codePoint & 0x3F));
        return taken;
    }

    private void put(int octet) {
        if (length == bytes.length) {
            bytes = Arrays.copyOf(bytes, length * 2);
        }
        bytes[length++] = (byte) octet;
    }
}
