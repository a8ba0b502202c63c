// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.instrument.plan;

import dev.torimono.instrument.Settings;
import dev.torimono.instrument.tree.Node.Entry;
import dev.torimono.instrument.tree.Node.Item;
import dev.torimono.instrument.tree.Node.Mapping;
import dev.torimono.instrument.tree.Node.Scalar;
import dev.torimono.instrument.tree.Node.Sequence;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the sidecar remembers of how it came here: one line of words.
 *
 * @param undo what takes it back ({@link Undo})
 * @param settings what was asked for
 * @param images of which image a container's start was taken, by the container's address
 */
record Memory(List<String> undo, Map<Settings.Key, String> settings, Map<String, String> images) {
    private static final String VERSION = "1";

    String line() {
        List<String> words = new ArrayList<>(List.of(VERSION));
        words.addAll(undo);
        images.forEach((address, image) -> words.add("image:" + address + "=" + encoded(image)));
        settings.forEach((key, value) -> words.add("set:" + key + "=" + encoded(value)));
        return String.join(" ", words);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** The record of a workload; null if it is not instrumented. */
    static @Nullable Memory of(Workload workload) {
        for (Container container : workload.list()) {
            if (container.name().equals(Names.SIDECAR)) {
                Scalar line = line(workload, container.body());
                if (line != null) {
                    return parse(workload, line);
                }
            }
        }
        return null;
    }

    private static @Nullable Scalar line(Workload workload, Mapping sidecar) {
        String key = workload.isPod() ? "env" : "environment";
        if (workload.value(sidecar, key) instanceof Sequence list) {
            for (Item item : list.items()) {
                if (item.value() instanceof Mapping variable
                        && workload.text(variable, "name").equals(Names.RECORD)) {
                    Entry value = workload.entry(variable, "value");
                    return value != null && value.value() instanceof Scalar text ? text : null;
                }
            }
        }
        return null;
    }

    private static Memory parse(Workload workload, Scalar line) {
        List<String> words = List.of(line.value().split(" "));
        if (!words.getFirst().equals(VERSION)) {
            throw workload.source()
                    .error(line.from(), Names.RECORD + " is of another version of torimono");
        }
        List<String> undo = new ArrayList<>();
        Map<Settings.Key, String> settings = new EnumMap<>(Settings.Key.class);
        Map<String, String> images = new HashMap<>();
        for (String word : words.subList(1, words.size())) {
            try {
                int equals = word.indexOf('=');
                if (word.startsWith("set:")) {
                    settings.put(
                            Settings.Key.valueOf(word.substring(4, equals)), decoded(word, equals));
                } else if (word.startsWith("image:")) {
                    images.put(word.substring(6, equals), decoded(word, equals));
                } else if (word.matches("[+~][.$@][^ ]*")) {
                    undo.add(word);
                } else {
                    throw new IllegalArgumentException(word);
                }
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                throw workload.source()
                        .error(line.from(), Names.RECORD + " was damaged at \"" + word + "\"");
            }
        }
        return new Memory(undo, settings, images);
    }

    private static String decoded(String word, int equals) {
        return URLDecoder.decode(word.substring(equals + 1), StandardCharsets.UTF_8);
    }
}
