// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.notify;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A text with places for what is to be told: <code>{{rule}} on {{host}}</code>, <code>
 * {{field:proc.cmdline}}</code>, <code>{{label:agent.tag.env}}</code>.
 */
final class Template {
    private static final int MAX_CHARS = 32_768;
    private static final String OPEN = "{{";
    private static final String CLOSE = "}}";
    private static final Map<String, Function<Told, String>> NAMES = names();

    private sealed interface Part {
        record Text(String text) implements Part {}

        record Place(Function<Told, String> value) implements Part {}
    }

    private final List<Part> parts;

    private Template(List<Part> parts) {
        this.parts = parts;
    }

    /**
     * @throws IllegalArgumentException when it names something that cannot be told
     */
    static Template of(String text) {
        if (text.length() > MAX_CHARS) {
            throw new IllegalArgumentException("longer than " + MAX_CHARS + " characters");
        }
        List<Part> parts = new ArrayList<>();
        int at = 0;
        int open = text.indexOf(OPEN);
        while (open >= 0) {
            int close = text.indexOf(CLOSE, open);
            if (close < 0) {
                throw new IllegalArgumentException("{{ at " + open + " has no }}");
            }
            parts.add(new Part.Text(text.substring(at, open)));
            parts.add(new Part.Place(value(text.substring(open + OPEN.length(), close).strip())));
            at = close + CLOSE.length();
            open = text.indexOf(OPEN, at);
        }
        parts.add(new Part.Text(text.substring(at)));
        return new Template(parts);
    }

    private static Function<Told, String> value(String name) {
        if (name.startsWith("field:")) {
            String field = name.substring("field:".length());
            return told -> told.field(field);
        }
        if (name.startsWith("label:")) {
            String label = name.substring("label:".length());
            return told -> told.label(label);
        }
        @Nullable Function<Told, String> known = NAMES.get(name);
        if (known == null) {
            throw new IllegalArgumentException(
                    "{{" + name + "}}: must be one of " + NAMES.keySet() + ", field:… or label:…");
        }
        return known;
    }

    /**
     * @param escape makes a value harmless where it is put
     */
    String fill(Told told, UnaryOperator<String> escape) {
        StringBuilder filled = new StringBuilder();
        for (Part part : parts) {
            switch (part) {
                case Part.Text(String text) -> filled.append(text);
                case Part.Place(Function<Told, String> value) ->
                        filled.append(escape.apply(value.apply(told)));
            }
        }
        return filled.toString();
    }

    private static Map<String, Function<Told, String>> names() {
        Map<String, Function<Told, String>> names = new TreeMap<>();
        names.put("summary", Told::summary);
        names.put("rule", Told::rule);
        names.put("policy", Told::policy);
        names.put("severity", Told::severityLabel);
        names.put("severityNumber", told -> Integer.toString(told.severity()));
        names.put("output", Told::output);
        names.put("actions", Told::actions);
        names.put("host", told -> told.label("host.hostName"));
        names.put("container", told -> told.label("container.name"));
        names.put("image", told -> told.label("container.image.repo"));
        names.put("pod", told -> told.label("kubernetes.pod.name"));
        names.put("namespace", told -> told.label("kubernetes.namespace.name"));
        names.put("cluster", told -> told.label("kubernetes.cluster.name"));
        names.put("time", told -> told.event().path("timestampRFC3339Nano").asString(""));
        names.put("id", told -> told.event().path("id").asString(""));
        names.put("runbook", told -> told.event().path("content").path("runBook").asString(""));
        names.put("suppressed", told -> Long.toString(told.suppressed()));
        return names;
    }
}
