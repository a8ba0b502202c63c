// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.generator;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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
        Map<String, Action> actions = new LinkedHashMap<>();
        List<String> rules = new ArrayList<>();
        List<Action.Step> steps = new ArrayList<>();
        String[] cannot = {""};
        int number = 0;
        for (String line : (text + "\n[]").split("\n", -1)) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            if (line.startsWith("[")) {
                if (!steps.isEmpty() || !cannot[0].isEmpty()) {
                    Action action = new Action(steps, cannot[0]);
                    rules.forEach(rule -> actions.put(rule, action));
                    rules.clear();
                    steps.clear();
                    cannot[0] = "";
                }
                rules.add(line.substring(1, line.lastIndexOf(']')));
                continue;
            }
            int colon = line.indexOf(':');
            String place = colon < 0 ? "" : line.substring(0, colon).strip();
            String rest = line.substring(colon + 1).strip();
            if (place.equals(CANNOT)) {
                cannot[0] = rest;
            } else {
                steps.add(step(place, rest, number));
            }
        }
        return new Actions(actions);
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

    /** Every rule that has a section. */
    public List<String> rules() {
        return List.copyOf(byRule.keySet());
    }
}
