// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.field;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a running machine does not give of the fields, read from {@code live.txt}. */
public final class LiveLimits {
    private final Map<String, String> limits = new LinkedHashMap<>();

    public LiveLimits() {
        try (InputStream in = LiveLimits.class.getResourceAsStream("live.txt")) {
            if (in == null) {
                throw new IllegalStateException("missing resource live.txt");
            }
            BufferedReader reader =
                    new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                int blank = line.indexOf(' ');
                if (!line.startsWith("#")) {
                    limits.put(line.substring(0, blank), line.substring(blank + 1));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is missing of a field, for people; empty when nothing is. */
    public String of(Field field) {
        for (Map.Entry<String, String> limit : limits.entrySet()) {
            String name = limit.getKey();
            boolean fits =
                    name.endsWith("*")
                            ? field.name().startsWith(name.substring(0, name.length() - 1))
                            : field.name().equals(name);
            if (fits) {
                return limit.getValue();
            }
        }
        return "";
    }

    /** The names and prefixes that something is said about. */
    public Iterable<String> names() {
        return limits.keySet();
    }
}
