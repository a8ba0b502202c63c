// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.instrument;

import dev.torimono.instrument.image.ImageLookup;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Definitions of our own, and what is asked for in tests. */
final class Samples {
    static final String LAUNCHER = "/opt/torimono/bin/launch";

    private Samples() {}

    static Stream<String> names() {
        return Stream.of(
                "task.json",
                "compact.json",
                "template.json",
                "template.yaml",
                "deployment.yaml",
                "cronjob.yaml",
                "task.tf",
                "quoted.tf.json");
    }

    static String text(String name) {
        try (InputStream in = Samples.class.getResourceAsStream("/definitions/" + name)) {
            if (in == null) {
                throw new IllegalStateException("there is no " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Settings settings(Map<Settings.Key, String> more) {
        Map<Settings.Key, String> values = new EnumMap<>(Settings.Key.class);
        values.put(Settings.Key.COLLECTOR, "https://collector.example.org:7443");
        values.put(Settings.Key.ACCESS_KEY_SECRET, "shop/key");
        values.putAll(more);
        return new Settings(values, Map.of(), Map.of());
    }

    static Instrument instrument() {
        return new Instrument(settings(Map.of()), Samples::start);
    }

    static Instrument without(ImageLookup images) {
        return new Instrument(settings(Map.of()), images);
    }

    /** Every image starts the same. */
    static Optional<ImageLookup.Start> start(String image) {
        return Optional.of(
                new ImageLookup.Start(
                        List.of("/entry.sh"), List.of("run"), "the test of " + image));
    }
}
