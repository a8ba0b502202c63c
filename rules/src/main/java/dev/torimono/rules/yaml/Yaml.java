// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.yaml;

import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.constructor.StandardConstructor;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.ScannerException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Reads YAML with the library's faults mended: whatever is wrong with a text is a {@link
 * YamlEngineException}, also an escape without a valid number and a text that nests too deep.
 */
public final class Yaml {
    private Yaml() {}

    /** The text's events. */
    public static Parser events(LoadSettings settings, String text) {
        StreamReader reader = new StreamReader(settings, text);
        return new Mended(new ParserImpl(settings, reader), reader);
    }

    /** The root of the one document; empty when there is none. */
    public static Optional<Node> node(LoadSettings settings, String text) {
        return shallow(() -> new Composer(settings, events(settings, text)).getSingleNode());
    }

    /** The one document as maps, lists and scalars; null when there is none. */
    public static @Nullable Object load(LoadSettings settings, String text) {
        Optional<Node> root = node(settings, text);
        return shallow(() -> new StandardConstructor(settings).constructSingleDocument(root));
    }

    private static <T extends @Nullable Object> T shallow(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (StackOverflowError e) {
            // The library descends once per level and knows no limit of its own.
            throw new YamlEngineException("nested too deep");
        }
    }

    /**
     * The library leaves it to the JDK to refuse an escape whose digits are missing or too many.
     */
    private record Mended(Parser parser, StreamReader reader) implements Parser {
        @Override
        public boolean checkEvent(Event.ID choice) {
            return mended(() -> parser.checkEvent(choice));
        }

        @Override
        public Event peekEvent() {
            return mended(parser::peekEvent);
        }

        @Override
        public Event next() {
            return mended(parser::next);
        }

        @Override
        public boolean hasNext() {
            return mended(parser::hasNext);
        }

        private <T> T mended(Supplier<T> step) {
            try {
                return step.get();
            } catch (NumberFormatException e) {
                throw new ScannerException(
                        "an escape in a quoted text has no valid number", reader.getMark());
            }
        }
    }
}
