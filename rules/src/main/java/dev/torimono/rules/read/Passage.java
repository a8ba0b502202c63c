// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.read;

import java.util.ArrayList;
import java.util.List;

/** Text put together from scalars, which still knows where each character came from. */
public final class Passage {
    private final String text;
    private final List<Piece> pieces;

    /**
     * A stretch of the text.
     *
     * @param start where it starts in the text
     * @param origin the scalar it came from
     * @param offset which character of the scalar its first one is
     * @param fixed all its characters stand for that one: it was not written, but put there
     */
    private record Piece(int start, YamlNode.Scalar origin, int offset, boolean fixed) {}

    private Passage(String text, List<Piece> pieces) {
        this.text = text;
        this.pieces = pieces;
    }

    public static Passage of(YamlNode.Scalar scalar) {
        return new Passage(scalar.text(), List.of(new Piece(0, scalar, 0, false)));
    }

    public String text() {
        return text;
    }

    /** Where a character came from. */
    public Place at(int index) {
        Piece piece = pieces.get(pieceAt(index));
        return piece.origin.at(piece.fixed ? piece.offset : piece.offset + index - piece.start);
    }

    /** Both, with a blank in between. */
    public Passage join(Passage more) {
        return new Builder().append(this).put(" ", more, 0).append(more).build();
    }

    /** Without white space at its ends. */
    public Passage strip() {
        String stripped = text.strip();
        if (stripped.length() == text.length() || stripped.isEmpty()) {
            return this;
        }
        int from = text.indexOf(stripped);
        return new Builder().append(this, from, from + stripped.length()).build();
    }

    private int pieceAt(int index) {
        int low = 0;
        int high = pieces.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (pieces.get(middle).start <= index) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** Puts a passage together; not to be built empty. */
    public static final class Builder {
        private final StringBuilder text = new StringBuilder();
        private final List<Piece> pieces = new ArrayList<>();

        public Builder append(Passage passage) {
            return append(passage, 0, passage.text.length());
        }

        /** Appends a part of a passage. */
        public Builder append(Passage passage, int from, int to) {
            if (to <= from) {
                return this;
            }
            int last = passage.pieceAt(to - 1);
            for (int i = passage.pieceAt(from); i <= last; i++) {
                Piece piece = passage.pieces.get(i);
                int skipped = Math.max(from - piece.start, 0);
                pieces.add(
                        new Piece(
                                text.length() + Math.max(piece.start - from, 0),
                                piece.origin,
                                piece.fixed ? piece.offset : piece.offset + skipped,
                                piece.fixed));
            }
            text.append(passage.text, from, to);
            return this;
        }

        /** Appends text of our own that stands for a character of a passage. */
        public Builder put(String ours, Passage origin, int index) {
            Piece piece = origin.pieces.get(origin.pieceAt(index));
            int offset = piece.fixed ? piece.offset : piece.offset + index - piece.start;
            pieces.add(new Piece(text.length(), piece.origin, offset, true));
            text.append(ours);
            return this;
        }

        public int length() {
            return text.length();
        }

        /** Drops characters of a set from the end. */
        public Builder trimEnd(String set) {
            int end = text.length();
            while (end > 0 && set.indexOf(text.charAt(end - 1)) >= 0) {
                end--;
            }
            cut(end);
            return this;
        }

        /** Drops one character from the end if it is that one; whether it was. */
        public boolean dropEnd(char c) {
            boolean ends = !text.isEmpty() && text.charAt(text.length() - 1) == c;
            if (ends) {
                cut(text.length() - 1);
            }
            return ends;
        }

        private void cut(int end) {
            text.setLength(end);
            while (!pieces.isEmpty() && pieces.getLast().start >= end) {
                pieces.removeLast();
            }
        }

        public Passage build() {
            return new Passage(text.toString(), List.copyOf(pieces));
        }
    }
}
