// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.e2e.browser;

import dev.torimono.e2e.fixture.AgentProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the console's pages say in a language, from their own tables: a key stands once in each. */
public final class Words {
    private static final Path PAGES = AgentProcess.root().resolve("console/src/main/web");
    private static final Pattern PAIR =
            Pattern.compile("^ {4}(\\w+): '((?:[^'\\\\]|\\\\.)*)',$", Pattern.MULTILINE);

    private final String language;
    private final Map<String, Set<String>> japanese = new HashMap<>();

    private Words(String language) {
        this.language = language;
    }

    /** "en" or "ja". */
    public static Words of(String language) throws IOException {
        Words words = new Words(language);
        List<Path> tables;
        try (Stream<Path> files = Files.walk(PAGES)) {
            tables =
                    files.filter(file -> file.toString().matches(".*/(words|common)\\.ts"))
                            .toList();
        }
        for (Path table : tables) {
            words.read(Files.readString(table));
        }
        return words;
    }

    private void read(String table) {
        Map<String, String> english = new HashMap<>();
        Matcher pair = PAIR.matcher(table);
        while (pair.find()) {
            String first = english.putIfAbsent(pair.group(1), pair.group(2));
            if (first != null) {
                japanese.computeIfAbsent(first, text -> new TreeSet<>()).add(pair.group(2));
            }
        }
    }

    public String language() {
        return language;
    }

    /** What stands where the English page says this. */
    public String say(String text) {
        Set<String> found = japanese.getOrDefault(text, Set.of());
        if (found.size() != 1) {
            throw new IllegalArgumentException("\"" + text + "\" is said as " + found);
        }
        return language.equals("ja") ? found.iterator().next() : text;
    }

    /** What no table holds as it is. */
    public String either(String english, String inJapanese) {
        return language.equals("ja") ? inJapanese : english;
    }

    @Override
    public String toString() {
        return language;
    }
}
