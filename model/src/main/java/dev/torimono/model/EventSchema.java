// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.model;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the schema tables shipped with this module, once. */
final class EventSchema {
    static final EventSchema TABLE = new EventSchema();

    private final List<EventType> types;
    private final Map<String, EventType> bySymbol = new HashMap<>();
    private final List<Syscall> syscalls;

    private EventSchema() {
        Map<String, FlagSet> flagSets = new HashMap<>();
        read("flag-sets.txt", words -> flagSets.put(words[0], flagSet(words)));
        List<EventType> read = new ArrayList<>(500);
        read("event-types.txt", words -> read.add(eventType(words, flagSets)));
        for (int i = 0; i < read.size(); i++) {
            if (read.get(i).code() != i) {
                throw new IllegalStateException("event-types.txt: code " + i + " is out of order");
            }
            bySymbol.put(read.get(i).symbol(), read.get(i));
        }
        types = List.copyOf(read);
        List<Syscall> calls = new ArrayList<>(500);
        read("syscalls.txt", words -> calls.add(syscall(words)));
        syscalls = List.copyOf(calls);
    }

    @Nullable EventType byCode(int code) {
        return code >= 0 && code < types.size() ? types.get(code) : null;
    }

    EventType bySymbol(String symbol) {
        EventType type = bySymbol.get(symbol);
        if (type == null) {
            throw new IllegalArgumentException("no event type " + symbol);
        }
        return type;
    }

    List<EventType> types() {
        return types;
    }

    @Nullable Syscall syscall(int code) {
        return code >= 0 && code < syscalls.size() ? syscalls.get(code) : null;
    }

    List<Syscall> syscalls() {
        return syscalls;
    }

    private static FlagSet flagSet(String[] words) {
        Map<String, Long> values = new LinkedHashMap<>();
        for (int i = 1; i < words.length; i++) {
            int equals = words[i].indexOf('=');
            values.put(
                    words[i].substring(0, equals), Long.parseLong(words[i].substring(equals + 1)));
        }
        return new FlagSet(words[0], values);
    }

    private static EventType eventType(String[] words, Map<String, FlagSet> flagSets) {
        EnumSet<EventType.Trait> traits = EnumSet.noneOf(EventType.Trait.class);
        if (!words[6].equals("-")) {
            for (String trait : words[6].split(",")) {
                traits.add(EventType.Trait.of(trait));
            }
        }
        List<Param> params = new ArrayList<>();
        for (int i = 7; i < words.length; i++) {
            params.add(param(words[i], flagSets));
        }
        return new EventType(
                Integer.parseInt(words[0]),
                words[1],
                words[2],
                words[3].equals("exit"),
                words[4],
                words[5].equals("-") ? null : words[5],
                traits,
                params);
    }

    private static Param param(String text, Map<String, FlagSet> flagSets) {
        String[] parts = text.split(":");
        FlagSet flags = null;
        int dirFd = -1;
        for (String extra : Arrays.asList(parts).subList(3, parts.length)) {
            if (extra.startsWith("@")) {
                dirFd = Integer.parseInt(extra.substring(1));
            } else {
                flags = flagSets.get(extra);
            }
        }
        return new Param(
                parts[0],
                ParamType.valueOf(parts[1]),
                Param.Format.valueOf(parts[2]),
                flags,
                dirFd);
    }

    private Syscall syscall(String[] words) {
        List<EventType> events = new ArrayList<>();
        if (!words[2].equals("-")) {
            for (String symbol : words[2].split(",")) {
                events.add(bySymbol(symbol));
            }
        }
        return new Syscall(Integer.parseInt(words[0]), words[1], events);
    }

    private static void read(String resource, Consumer<String[]> line) {
        try (InputStream in = EventSchema.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("missing resource " + resource);
            }
            BufferedReader reader =
                    new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (String text = reader.readLine(); text != null; text = reader.readLine()) {
                if (!text.isEmpty() && text.charAt(0) != '#') {
                    line.accept(text.split(" "));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
