// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.plan;

import dev.torimono.rules.field.Value;

/**
 * Walks the short options of an argument list: stops at {@code --} or at the first word that is no
 * option, passes over long options, gives {@code ?} for options that are not among the known ones.
 */
final class Getopt {
    private static final byte[] UNKNOWN = {'?'};

    /** Receives what the walk finds. */
    interface Sink {
        /** An option that takes no argument; {@code ?} when it is not known. */
        void plain(byte[] bytes, int at);

        void withArgument(byte[] bytes, int at, byte[] argument, int from, int length);

        /** An option whose argument is not there. */
        void withoutItsArgument(byte[] bytes, int at);
    }

    private final Value words;
    private final Value options;
    private int index;

    Getopt(Value words, Value options) {
        this.words = words;
        this.options = options;
    }

    void each(Sink sink) {
        for (index = 0; index < words.count(); index++) {
            words.select(index);
            byte[] bytes = words.bytes();
            int from = words.from();
            int length = words.length();
            if (length < 2 || bytes[from] != '-') {
                return;
            }
            if (bytes[from + 1] == '-') {
                if (length == 2) {
                    return;
                }
                continue;
            }
            cluster(bytes, from + 1, from + length, sink);
        }
    }

    private void cluster(byte[] bytes, int from, int end, Sink sink) {
        for (int at = from; at < end; at++) {
            int kind = kind(bytes[at]);
            if (kind == 0) {
                sink.plain(UNKNOWN, 0);
            } else if (kind == 1) {
                sink.plain(bytes, at);
            } else {
                argument(bytes, at, end, sink);
                return;
            }
        }
    }

    private void argument(byte[] bytes, int at, int end, Sink sink) {
        if (at + 1 < end) {
            sink.withArgument(bytes, at, bytes, at + 1, end - at - 1);
        } else if (index + 1 < words.count()) {
            index++;
            words.select(index);
            sink.withArgument(bytes, at, words.bytes(), words.from(), words.length());
        } else {
            sink.withoutItsArgument(bytes, at);
        }
    }

    /** 0 for an unknown option, 1 for one without argument, 2 for one with. */
    private int kind(byte option) {
        byte[] known = options.bytes();
        int end = options.from() + options.length();
        for (int i = options.from(); i < end; i++) {
            if (known[i] == option && option != ':') {
                return i + 1 < end && known[i + 1] == ':' ? 2 : 1;
            }
        }
        return 0;
    }
}
