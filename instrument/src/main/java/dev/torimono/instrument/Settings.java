// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.instrument;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a user asks for. Only what was given is there, so that a definition that is instrumented
 * again keeps the rest.
 */
public final class Settings {
    /** Everything that can be asked for. */
    public enum Key {
        IMAGE,
        COLLECTOR,
        FINGERPRINT,
        ACCESS_KEY_SECRET,
        IMAGE_PULL_SECRET,
        PRIORITY,
        INCLUDE,
        EXCLUDE,
        LOG_GROUP,
        LOG_REGION,
        LOG_PREFIX,
        MEMORY
    }

    private final SortedMap<Key, String> values;
    private final Map<String, List<String>> entryPoints;
    private final Map<String, List<String>> commands;

    /**
     * Settings.
     *
     * @param values what was given; no empty text
     * @param entryPoints what images start with, by name of the container
     * @param commands what they add to that
     */
    public Settings(
            Map<Key, String> values,
            Map<String, List<String>> entryPoints,
            Map<String, List<String>> commands) {
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
