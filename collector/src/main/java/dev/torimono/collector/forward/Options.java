// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.forward;

import dev.torimono.collector.net.Tls;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** What a forwarder's target is told, read with errors that name the key. */
final class Options {
    private final JsonNode options;

    Options(JsonNode options) {
        this.options = options;
    }

    /** Empty when it is not there. */
    String text(String name) {
        return options.path(name).asString("");
    }

    String required(String name) {
        String text = text(name);
        require(!text.isBlank(), name, "must not be empty");
        return text;
    }

    /** One of some words; the first when it is not there. */
    String oneOf(String name, String... words) {
        String text = options.path(name).asString(words[0]);
        require(List.of(words).contains(text), name, "must be one of " + List.of(words));
        return text;
    }

    int number(String name, int fallback, int min, int max) {
        JsonNode value = options.path(name);
        long number = value.isMissingNode() ? fallback : value.asLong(Long.MIN_VALUE);
        require(
                number >= min && number <= max,
                name,
                "must be a whole number from " + min + " to " + max);
        return (int) number;
    }

    URI url(String name) {
        String text = required(name);
        try {
            URI uri = URI.create(text);
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            require(http && uri.getHost() != null, name, "must be an http or https URL");
            return uri;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "options." + name + ": must be an http or https URL", e);
        }
    }

    Map<String, String> map(String name) {
        Map<String, String> map = new TreeMap<>();
        options.path(name)
                .properties()
                .forEach(entry -> map.put(entry.getKey(), entry.getValue().asString("")));
        return map;
    }

    void authorities() {
        try {
            var _ = Tls.trusting(text("caCertificates"));
        } catch (IOException e) {
            throw new IllegalArgumentException("options.caCertificates: " + e.getMessage(), e);
        }
    }

    static void require(boolean good, String name, String message) {
        if (!good) {
            throw new IllegalArgumentException("options." + name + ": " + message);
        }
    }
}
