// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.instrument;

import dev.torimono.instrument.read.JsonReader;
import dev.torimono.instrument.tree.Node.Scalar;
import dev.torimono.instrument.tree.Node.Sequence;
import dev.torimono.instrument.tree.Source;
import java.util.ArrayList;
import java.util.List;

/** A command line given as one text: words as a shell would split them, or a list of JSON. */
public final class Words {
    private final String text;
    private final List<String> words = new ArrayList<>();
    private int at;

    private Words(String text) {
        this.text = text;
    }

    /** Nothing is expanded: no variables, no patterns. */
    public static List<String> parse(String text) {
        return text.startsWith("[") ? json(text) : new Words(text).all();
    }

    private static List<String> json(String text) {
        List<String> words = new ArrayList<>();
        if (JsonReader.read(new Source(text, text)) instanceof Sequence list) {
            list.items()
                    .forEach(
                            one -> {
                                if (!(one.value() instanceof Scalar word && word.quoted())) {
                                    throw new InstrumentException(
                                            text + ": must be a list of texts");
                                }
                                words.add(word.value());
                            });
        }
        return List.copyOf(words);
    }

    private List<String> all() {
        while (true) {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            if (at == text.length()) {
                return List.copyOf(words);
            }
            words.add(word());
        }
    }

    private String word() {
        StringBuilder word = new StringBuilder();
        char quote = 0;
        for (; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == quote) {
                quote = 0;
            } else if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
            } else if (c == '\\' && quote != '\'' && at + 1 < text.length()) {
                word.append(text.charAt(++at));
            } else if (quote == 0 && Character.isWhitespace(c)) {
                return word.toString();
            } else {
                word.append(c);
            }
        }
        if (quote != 0) {
            throw new InstrumentException(text + ": the quote " + quote + " is not closed");
        }
        return word.toString();
    }
}
