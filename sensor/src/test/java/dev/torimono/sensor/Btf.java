// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The types that a compiled object describes: its {@code .BTF} section, structs and enums only. */
final class Btf {
    private static final int ARRAY = 3;
    private static final int STRUCT = 4;
    private static final int UNION = 5;
    private static final int ENUM = 6;
    private static final int FUNC_PROTO = 13;
    private static final int VAR = 14;
    private static final int DATASEC = 15;
    private static final int DECL_TAG = 17;
    private static final int ENUM64 = 19;
    private static final int INT = 1;

    record Struct(long size, Map<String, Long> offsets) {}

    private final Map<String, Struct> structs = new LinkedHashMap<>();
    private final Map<String, Map<String, Long>> enums = new LinkedHashMap<>();
    private final ByteBuffer btf;
    private final int strings;

    private Btf(ByteBuffer section) {
        btf = section;
        int header = btf.getInt(4);
        int typesAt = header + btf.getInt(8);
        int typesEnd = typesAt + btf.getInt(12);
        strings = header + btf.getInt(16);
        btf.position(typesAt);
        while (btf.position() < typesEnd) {
            type();
        }
    }

    /** What {@link Struct#offsets} should be, as in {@code "tid 0, device 4"}. */
    static Map<String, Long> layout(String text) {
        Map<String, Long> map = new LinkedHashMap<>();
        for (String field : text.split(", ", -1)) {
            String[] words = field.split(" ", -1);
            map.put(words[0], Long.valueOf(words[1]));
        }
        return map;
    }

    /** Reads a 64-bit little-endian ELF image. */
    static Btf of(byte[] elf) {
        ByteBuffer image = ByteBuffer.wrap(elf).order(ByteOrder.LITTLE_ENDIAN);
        long sections = image.getLong(0x28);
        int width = image.getShort(0x3a);
        int count = image.getShort(0x3c);
        int names = image.getShort(0x3e);
        List<int[]> found = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int at = (int) sections + i * width;
            int offset = (int) image.getLong(at + 0x18);
            int size = (int) image.getLong(at + 0x20);
            found.add(new int[] {image.getInt(at), offset, size});
        }
        for (int[] section : found) {
            if (text(image, found.get(names)[1] + section[0]).equals(".BTF")) {
                return new Btf(image.slice(section[1], section[2]).order(ByteOrder.LITTLE_ENDIAN));
            }
        }
        throw new IllegalArgumentException("no .BTF section");
    }

    Struct struct(String name) {
        Struct struct = structs.get(name);
        if (struct == null) {
            throw new AssertionError(
                    "struct " + name + " is not described: name it in abi/export.h");
        }
        return struct;
    }

    Map<String, Long> enumeration(String name) {
        Map<String, Long> values = enums.get(name);
        if (values == null) {
            throw new AssertionError("enum " + name + " is not described: name it in abi/export.h");
        }
        return values;
    }

    private void type() {
        String name = text(btf, strings + btf.getInt());
        int info = btf.getInt();
        long size = Integer.toUnsignedLong(btf.getInt());
        int members = info & 0xffff;
        switch (info >>> 24 & 0x1f) {
            case STRUCT, UNION -> {
                Map<String, Long> offsets = new LinkedHashMap<>();
                for (int i = 0; i < members; i++) {
                    String member = text(btf, strings + btf.getInt());
                    btf.getInt();
                    offsets.put(member, (btf.getInt() & 0xffffffL) / 8);
                }
                structs.putIfAbsent(name, new Struct(size, offsets));
            }
            case ENUM -> {
                Map<String, Long> values = new LinkedHashMap<>();
                for (int i = 0; i < members; i++) {
                    values.put(text(btf, strings + btf.getInt()), (long) btf.getInt());
                }
                enums.putIfAbsent(name, values);
            }
            case ARRAY -> skip(12);
            case INT, VAR, DECL_TAG -> skip(4);
            case FUNC_PROTO -> skip(8 * members);
            case DATASEC, ENUM64 -> skip(12 * members);
            default -> skip(0);
        }
    }

    private void skip(int bytes) {
        btf.position(btf.position() + bytes);
    }

    private static String text(ByteBuffer buffer, int at) {
        int end = at;
        while (buffer.get(end) != 0) {
            end++;
        }
        byte[] bytes = new byte[end - at];
        buffer.get(at, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
