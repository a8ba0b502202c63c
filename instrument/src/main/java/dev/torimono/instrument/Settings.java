// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.instrument;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What a user asks for. Only what was given is there, so that a definition that is instrumented
 * again keeps the rest.
 */
public final class Settings {
    /** Everything that can be asked for. */
    public enum Key {
        IMAGE("[^\\s\"']+", "the name of an image"),
        COLLECTOR("https://[^\\s/]+(/\\S*)?", "a URL that begins with https://"),
        FINGERPRINT("([0-9A-Fa-f]{2}:?){31}[0-9A-Fa-f]{2}", "a SHA-256, 64 hexadecimal digits"),
        ACCESS_KEY_SECRET("\\S+", "the name of a secret"),
        IMAGE_PULL_SECRET("\\S+", "the name of a secret"),
        PRIORITY("availability|security", "availability or security"),
        INCLUDE("(?s).+", "names"),
        EXCLUDE("(?s).+", "names"),
        LOG_GROUP("\\S+", "the name of a log group"),
        LOG_REGION("\\S+", "the name of a region"),
        LOG_PREFIX("\\S+", "a prefix without spaces"),
        MEMORY("[1-9][0-9]{0,6}", "a number of MiB");

        private final Pattern form;
        private final String expected;

        Key(String form, String expected) {
            this.form = Pattern.compile(form);
            this.expected = expected;
        }

        /** Refuses what cannot be meant; what only another tool can tell the value of may be. */
        void check(String value) {
            boolean unknown = value.contains("${") && this != MEMORY && this != PRIORITY;
            if (!unknown && !form.matcher(value).matches()) {
                String option = "--" + name().toLowerCase(Locale.ROOT).replace('_', '-');
                throw new InstrumentException(
                        option + ": expected " + expected + ", found \"" + value + "\"");
            }
        }
    }

    private final SortedMap<Key, String> values;
    private final Map<String, List<String>> entryPoints;
    private final Map<String, List<String>> commands;

    /**
     * Settings; refuses values of a form that nothing has.
     *
     * @param values what was given; no empty text
     * @param entryPoints what images start with, by name of the container
     * @param commands what they add to that
     */
    public Settings(
            Map<Key, String> values,
            Map<String, List<String>> entryPoints,
            Map<String, List<String>> commands) {
        values.forEach(Key::check);
        this.values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
        this.entryPoints = Map.copyOf(entryPoints);
        this.commands = Map.copyOf(commands);
    }

    /** These over what was asked for when the definition was instrumented. */
    public Settings over(Map<Key, String> before) {
        Map<Key, String> both = new TreeMap<>(before);
        both.putAll(values);
        return new Settings(both, entryPoints, commands);
    }

    public SortedMap<Key, String> values() {
        return values;
    }

    public boolean has(Key key) {
        return values.containsKey(key);
    }

    /** Empty for what was not asked for. */
    public String get(Key key) {
        return values.getOrDefault(key, "");
    }

    public String get(Key key, String otherwise) {
        return values.getOrDefault(key, otherwise);
    }

    /** The parts of a value with commas. */
    public Set<String> names(Key key) {
        Set<String> names = new TreeSet<>(Arrays.asList(get(key).split(",")));
        names.remove("");
        return names;
    }

    public boolean covers(String container) {
        Set<String> included = names(Key.INCLUDE);
        return (included.isEmpty() || included.contains(container))
                && !names(Key.EXCLUDE).contains(container);
    }

    public Map<String, List<String>> entryPoints() {
        return entryPoints;
    }

    public Map<String, List<String>> commands() {
        return commands;
    }

    public boolean secures() {
        return get(Key.PRIORITY).equals("security");
    }
}
