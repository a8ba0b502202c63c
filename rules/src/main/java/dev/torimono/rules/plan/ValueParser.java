// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.plan;

import dev.torimono.model.Text;
import dev.torimono.rules.RuleException;
import dev.torimono.rules.RuleException.Kind;
import dev.torimono.rules.field.FieldType;
import dev.torimono.rules.syntax.Literal;
import dev.torimono.rules.syntax.Span;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Reads right-hand values by the type of what they are compared with. */
final class ValueParser {
    private static final BigInteger MAX_UNSIGNED = BigInteger.ONE.shiftLeft(64);
    private static final int MAX_DIGITS = 1000;
    private static final int PORT_MASK = 0xFFFF;

    private ValueParser() {}

    /** Text without NUL, which no compared value can hold. */
    static Text text(String value, Span span) {
        if (value.indexOf('\0') >= 0) {
            throw new RuleException(Kind.VALUE, "a value cannot contain a NUL byte", span);
        }
        return bytes(value);
    }

    /** Any bytes. */
    static Text bytes(String value) {
        return Text.wrap(Literal.bytes(value));
    }

    /** Pairs of hex digits. */
    static Text hex(String value, Span span) {
        if (value.length() % 2 != 0 || !value.chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
            throw new RuleException(
                    Kind.VALUE,
                    "bcontains and bstartswith take pairs of hex digits, not '" + value + "'",
                    span);
        }
        return Text.wrap(java.util.HexFormat.of().parseHex(value));
    }

    static boolean bool(String value, Span span) {
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default ->
                    throw new RuleException(
                            Kind.VALUE, "'" + value + "' is neither true nor false", span);
        };
    }

    /**
     * A decimal number as scanf reads it: blanks and a sign may precede it; what does not fit 64
     * bits saturates, what does not fit fewer wraps.
     */
    static long number(String value, FieldType type, Span span) {
        int at = 0;
        while (at < value.length() && isBlank(value.charAt(at))) {
            at++;
        }
        boolean negative = at < value.length() && value.charAt(at) == '-';
        if (at < value.length() && (negative || value.charAt(at) == '+')) {
            at++;
        }
        String digits = value.substring(at);
        if (digits.isEmpty()
                || digits.length() > MAX_DIGITS
                || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new RuleException(Kind.VALUE, "'" + value + "' is not a valid number", span);
        }
        BigInteger exact = new BigInteger(digits);
        return narrow(type.isSigned() ? signed(exact, negative) : unsigned(exact, negative), type);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || (c >= 9 && c <= 13);
    }

    private static long signed(BigInteger exact, boolean negative) {
        BigInteger value = negative ? exact.negate() : exact;
        if (value.bitLength() <= 63) {
            return value.longValue();
        }
        return negative ? Long.MIN_VALUE : Long.MAX_VALUE;
    }

    private static long unsigned(BigInteger exact, boolean negative) {
        if (exact.compareTo(MAX_UNSIGNED) >= 0) {
            return -1;
        }
        return negative ? -exact.longValue() : exact.longValue();
    }

    private static long narrow(long value, FieldType type) {
        return switch (type) {
            case INT16 -> (short) value;
            case INT32 -> (int) value;
            case UINT8, L4PROTO, SOCKFAMILY -> value & 0xFF;
            case UINT16, PORT -> value & PORT_MASK;
            case UINT32, UID, GID, MODE -> value & 0xFFFF_FFFFL;
            default -> value;
        };
    }

    /** A port by number or by service name. */
    static long port(String value, Span span) {
        if (!value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return number(value, FieldType.UINT64, span) & PORT_MASK;
        }
        Integer port = Services.port(value);
        if (port == null) {
            throw new RuleException(
                    Kind.VALUE, "'" + value + "' is neither a port nor a known service", span);
        }
        return port;
    }

    /** An address: v4 if it contains a dot, else v6. */
    static Text address(String value, Span span) {
        byte[] bytes = value.indexOf('.') >= 0 ? v4(value) : v6(value);
        if (bytes == null) {
            String version = value.indexOf('.') >= 0 ? "IPv4" : "IPv6";
            throw new RuleException(
                    Kind.VALUE, "'" + value + "' is not an " + version + " address", span);
        }
        return Text.wrap(bytes);
    }

    /** A network: an address, a slash and the length of its prefix. */
    static Network network(String value, Span span) {
        int slash = value.indexOf('/');
        if (slash < 0) {
            throw new RuleException(
                    Kind.VALUE, "'" + value + "' is not a network, as in 10.0.0.0/8", span);
        }
        Text address = address(value.substring(0, slash), span);
        long prefix = number(value.substring(slash + 1), FieldType.INT64, span);
        boolean v4 = address.length() == 4;
        if (prefix < (v4 ? 0 : 1) || prefix > (v4 ? 32 : 128)) {
            throw new RuleException(Kind.VALUE, "invalid netmask " + prefix, span);
        }
        return new Network(address, (int) prefix);
    }

    private static byte @Nullable [] v4(String value) {
        String[] parts = value.split("\\.", -1);
        if (parts.length != 4) {
            return null;
        }
        byte[] bytes = new byte[4];
        for (int i = 0; i < 4; i++) {
            String part = parts[i];
            boolean digits = part.chars().allMatch(c -> c >= '0' && c <= '9');
            boolean octal = part.length() > 1 && part.charAt(0) == '0';
            if (part.isEmpty()
                    || part.length() > 3
                    || !digits
                    || octal
                    || Integer.parseInt(part) > 255) {
                return null;
            }
            bytes[i] = (byte) Integer.parseInt(part);
        }
        return bytes;
    }

    private static byte @Nullable [] v6(String value) {
        int gap = value.indexOf("::");
        if (gap >= 0 && value.indexOf("::", gap + 1) >= 0) {
            return null;
        }
        String head = gap < 0 ? value : value.substring(0, gap);
        String tail = gap < 0 ? "" : value.substring(gap + 2);
        byte[] first = groups(head);
        byte[] last = groups(tail);
        if (first == null || last == null) {
            return null;
        }
        int length = first.length + last.length;
        if (gap < 0 ? length != 16 : length > 14) {
            return null;
        }
        byte[] bytes = new byte[16];
        System.arraycopy(first, 0, bytes, 0, first.length);
        System.arraycopy(last, 0, bytes, 16 - last.length, last.length);
        return bytes;
    }

    private static byte @Nullable [] groups(String text) {
        if (text.isEmpty()) {
            return new byte[0];
        }
        String[] parts = text.split(":", -1);
        byte[] bytes = new byte[parts.length * 2];
        for (int i = 0; i < parts.length; i++) {
            String part = parts[i];
            if (part.isEmpty()
                    || part.length() > 4
                    || !part.chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
                return null;
            }
            int group = Integer.parseInt(part, 16);
            bytes[2 * i] = (byte) (group >> 8);
            bytes[2 * i + 1] = (byte) group;
        }
        return bytes;
    }
}
