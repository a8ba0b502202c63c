// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.ruleset;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** The rules files that come with the program, in load order. */
public final class ShippedRules {
    /**
     * One rules file.
     *
     * @param name path inside the ruleset, such as {@code _shared/lists.yaml}; how reports name it
     * @param content YAML
     */
    public record File(String name, String content) {}

    private ShippedRules() {}

    /** Names of the rules files, in load order. */
    public static List<String> names() {
        return listed("index.txt").toList();
    }

    /** Names of the files of managed policies, in load order. */
    public static List<String> policyNames() {
        return listed("policies/index.txt").map(name -> "policies/" + name).toList();
    }

    private static Stream<String> listed(String index) {
        return text(index)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"));
    }

    /** Every rules file, in load order. */
    public static List<File> files() {
        return names().stream().map(name -> new File(name, text(name))).toList();
    }

    /** One resource of the ruleset as text: a rules file, a rule's test or its page. */
    public static String text(String name) {
        try (InputStream in = ShippedRules.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalArgumentException("ruleset: " + name + ": no such resource");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("ruleset: " + name + ": cannot be read", e);
        }
    }
}
