// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.scap;

import dev.torimono.model.EventType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of one type of event with one number of parameters; the table is {@code
 * conversions.txt}.
 *
 * @param action what to do
 * @param target the type of the result
 * @param sources where the result's parameters come from
 */
record Conversion(Action action, EventType target, List<Source> sources) {
    enum Action {
        PASS,
        STORE,
        STORE_AND_PASS,
        ADD,
        CHANGE
    }

    /** Where one parameter comes from. */
    sealed interface Source {
        /** Parameter of the event itself. */
        record Old(int index) implements Source {}

        /** Parameter of the stored enter event; a zero or nothing where none is stored. */
        record Enter(int index, boolean zero) implements Source {}

        /** Nothing. */
        record Empty() implements Source {}

        /** The zero of the parameter's type. */
        record Zero() implements Source {}

        /** A JSON description from the parameters of the first container event. */
        record ContainerJson() implements Source {}
    }

    private static final Map<Integer, Conversion> TABLE = table();

    Conversion {
        sources = List.copyOf(sources);
    }

    /** The entry of a type with that many parameters on file; null when there is none. */
    static @Nullable Conversion of(EventType type, int paramCount) {
        return TABLE.get(key(type.code(), paramCount));
    }

    static int count() {
        return TABLE.size();
    }

    private static int key(int code, int paramCount) {
        return (code << 8) | paramCount;
    }

    private static Map<Integer, Conversion> table() {
        Map<Integer, Conversion> table = new HashMap<>();
        try (InputStream in = Conversion.class.getResourceAsStream("conversions.txt")) {
            if (in == null) {
                throw new IllegalStateException("conversions.txt is missing from this module");
            }
            BufferedReader reader =
                    new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!line.startsWith("#")) {
                    String[] words = line.split(" ");
                    int code = Integer.parseInt(words[0]);
                    table.put(key(code, Integer.parseInt(words[1])), entry(code, words));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return table;
    }

    private static Conversion entry(int code, String[] words) {
        Action action =
                switch (words[2]) {
                    case "pass" -> Action.PASS;
                    case "store" -> Action.STORE;
                    case "store_and_pass" -> Action.STORE_AND_PASS;
                    case "add" -> Action.ADD;
                    case "change" -> Action.CHANGE;
                    default -> throw new IllegalStateException("conversions.txt: " + words[2]);
                };
        int first = action == Action.CHANGE ? 4 : 3;
        int target = action == Action.CHANGE ? Integer.parseInt(words[3]) : code;
        List<Source> sources = new ArrayList<>();
        for (int i = first; i < words.length; i++) {
            sources.add(source(words[i]));
        }
        return new Conversion(action, EventType.all().get(target), sources);
    }

    private static Source source(String word) {
        return switch (word.charAt(0)) {
            case 'o' -> new Source.Old(Integer.parseInt(word.substring(1)));
            case 'e' ->
                    new Source.Enter(
                            Integer.parseInt(word.substring(1, word.length() - 1)),
                            word.endsWith("d"));
            case '-' -> new Source.Empty();
            case '0' -> new Source.Zero();
            case 'c' -> new Source.ContainerJson();
            default -> throw new IllegalStateException("conversions.txt: " + word);
        };
    }
}
