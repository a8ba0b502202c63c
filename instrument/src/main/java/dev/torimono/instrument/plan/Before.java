// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.instrument.plan;

import dev.torimono.instrument.Settings;
import dev.torimono.instrument.image.ImageLookup;
import dev.torimono.instrument.tree.Node.Item;
import dev.torimono.instrument.tree.Node.Scalar;
import dev.torimono.instrument.tree.Node.Sequence;
import dev.torimono.instrument.write.Editor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a workload is instrumented now, as far as it is of use for doing so again.
 *
 * @param settings what was asked for
 * @param starts what was written for images, by address of the container and image
 */
public record Before(
        Map<Settings.Key, String> settings, Map<String, Map<String, ImageLookup.Start>> starts) {
    public static final Before NOTHING = new Before(Map.of(), Map.of());

    /**
     * Takes the instrumentation of a workload out.
     *
     * @return how it was; empty, and nothing is changed, for one that has none
     */
    public static Optional<Before> revert(Workload workload, Editor editor) {
        Memory record = Memory.of(workload);
        if (record == null) {
            return Optional.empty();
        }
        Map<String, Map<String, ImageLookup.Start>> starts = new HashMap<>();
        for (Container container : workload.list()) {
            String image = record.images().get(container.address());
            if (image != null) {
                starts.put(container.address(), Map.of(image, start(workload, container, record)));
            }
        }
        new Undo(workload, editor).all(record.undo());
        return Optional.of(new Before(record.settings(), starts));
    }

    private static ImageLookup.Start start(Workload workload, Container container, Memory record) {
        String[] keys = Start.keys(workload);
        List<String> words = words(workload, keys[0], container);
        boolean ours =
                record.undo().stream()
                        .anyMatch(
                                one ->
                                        one.matches(
                                                "[+~]"
                                                        + java.util.regex.Pattern.quote(
                                                                container.path() + "/")
                                                        + "(?i:"
                                                        + keys[1]
                                                        + ")(=.*)?"));
        return new ImageLookup.Start(
                words.isEmpty() ? words : words.subList(1, words.size()),
                ours ? words(workload, keys[1], container) : List.of(),
                "");
    }

    private static List<String> words(Workload workload, String key, Container container) {
        List<String> words = new ArrayList<>();
        if (workload.value(container.body(), key) instanceof Sequence list) {
            for (Item item : list.items()) {
                String written = item.value() instanceof Scalar scalar ? scalar.value() : "";
                words.add(workload.dialect().meant(written));
            }
        }
        return words;
    }

    /** What was written for a container, if it still has the same image. */
    ImageLookup.@Nullable Start start(String address, String image) {
        return starts.getOrDefault(address, Map.of()).get(image);
    }
}
