// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.generator;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The table of actions by rule name: {@code actions.txt}, whose head explains its form. */
public final class Actions {
    private static final String TABLE = "actions.txt";
    private static final String CANNOT = "cannot";
    private static final String NAME = "name";
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    private final Map<String, Action> byRule;

    private Actions(Map<String, Action> byRule) {
        this.byRule = byRule;
    }

    /** Those that come with the program. */
    public static Actions shipped() {
        try (InputStream in = Actions.class.getResourceAsStream(TABLE)) {
            if (in == null) {
                throw new IllegalStateException(TABLE + ": not in the program");
            }
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(TABLE + ": cannot be read", e);
        }
    }

    static Actions parse(String text) {
        Section section = new Section();
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            if (line.startsWith("[")) {
                section.begin(line.substring(1, line.lastIndexOf(']')));
            } else if (!line.isBlank() && !line.startsWith("#")) {
                section.line(line, number);
            }
        }
        section.end();
        return new Actions(section.actions);
    }

    /** What is being read: rule names first, then what fires them. */
    private static final class Section {
        private final Map<String, Action> actions = new LinkedHashMap<>();
        private final List<String> rules = new ArrayList<>();
        private final List<Action.Step> steps = new ArrayList<>();
        private final Map<String, String> names = new HashMap<>();
        private String cannot = "";

        void begin(String rule) {
            if (!steps.isEmpty() || !cannot.isEmpty()) {
                end();
            }
            rules.add(rule);
        }

        void line(String line, int number) {
            int colon = line.indexOf(':');
            String place = colon < 0 ? "" : line.substring(0, colon).strip();
            String rest = line.substring(colon + 1).strip();
            switch (place) {
                case CANNOT -> cannot = rest;
                case NAME -> {
                    String[] parts = rest.split(" ", 2);
                    names.put(parts[0], parts[parts.length - 1].strip());
                }
                default -> steps.add(step(place, rest, number));
            }
        }

        void end() {
            Action action = new Action(steps, cannot, names);
            rules.forEach(rule -> actions.put(rule, action));
            rules.clear();
            steps.clear();
            names.clear();
            cannot = "";
        }
    }

    private static Action.Step step(String place, String rest, int number) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(rest);
        while (matcher.find()) {
            words.add(matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
        }
        try {
            return new Action.Step(Place.valueOf(place.toUpperCase(Locale.ROOT)), words);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(TABLE + ":" + number + ": no such place: " + place);
        }
    }

    /** What fires the rule of that name; empty when nobody thought of anything. */
    public Optional<Action> of(String rule) {
        return Optional.ofNullable(byRule.get(rule));
    }

    /** The domain names of all actions with the addresses they must lead to, as a hosts file. */
    public String hostsFile() {
        StringBuilder lines = new StringBuilder("127.0.0.1 localhost\n");
        byRule.values().stream()
                .flatMap(action -> action.names().entrySet().stream())
                .sorted(Map.Entry.comparingByKey())
                .forEach(
                        e ->
                                lines.append(e.getValue())
                                        .append(' ')
                                        .append(e.getKey())
                                        .append('\n'));
        return lines.toString();
    }

    /** Those that need no name to be looked up otherwise than it usually is. */
    public Actions withoutNames() {
        Map<String, Action> kept = new LinkedHashMap<>(byRule);
        kept.replaceAll(
                (rule, action) ->
                        action.names().isEmpty()
                                ? action
                                : new Action(
                                        List.of(),
                                        "the agent looks names up by itself: " + action.names(),
                                        Map.of()));
        return new Actions(kept);
    }

    /** Every rule that has a section. */
    public List<String> rules() {
        return List.copyOf(byRule.keySet());
    }
}
