// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.field;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/** Reads {@code fields.txt}, once. */
final class FieldTable {
    static final List<Field> FIELDS = read();

    private FieldTable() {}

    private static List<Field> read() {
        List<Field> fields = new ArrayList<>(420);
        try (InputStream in = FieldTable.class.getResourceAsStream("fields.txt")) {
            if (in == null) {
                throw new IllegalStateException("missing resource fields.txt");
            }
            BufferedReader reader =
                    new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!line.startsWith("#")) {
                    fields.add(field(line.split(" ", 7)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(fields);
    }

    private static Field field(String[] words) {
        EnumSet<Field.Trait> traits = EnumSet.noneOf(Field.Trait.class);
        if (!words[4].equals("-")) {
            for (String trait : words[4].split(",")) {
                traits.add(Field.Trait.valueOf(trait));
            }
        }
        return new Field(
                words[1],
                FieldType.valueOf(words[2]),
                Field.Argument.of(words[3].equals("-") ? "" : words[3]),
                traits,
                Field.Format.valueOf(words[5]),
                Field.Provider.valueOf(words[0]),
                words[6]);
    }
}
