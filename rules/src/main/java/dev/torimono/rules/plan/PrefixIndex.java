// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.plan;

import dev.torimono.model.Text;
import java.util.List;

/**
 * The prefixes that rules compare one field with, as a tree of bytes. One walk down a text, which
 * ends where no prefix goes on, answers all of them.
 */
final class PrefixIndex {
    private final Node root;

    /** A place in the tree: which prefixes end at or above it, and where each next byte leads. */
    private static final class Node {
        private final long[] matched;
        private int firstByte;
        private Node[] next = new Node[0];

        Node(long[] matched) {
            this.matched = matched;
        }
    }

    /** Texts must differ; each is known by its position. */
    PrefixIndex(List<Text> prefixes) {
        root = new Node(new long[(prefixes.size() + 63) >> 6]);
        List<Text> byLength =
                prefixes.stream().sorted(java.util.Comparator.comparingInt(Text::length)).toList();
        // Shorter prefixes come first, so that what lies below inherits them.
        for (Text prefix : byLength) {
            add(prefix, prefixes.indexOf(prefix));
        }
    }

    private void add(Text prefix, int position) {
        Node at = root;
        for (int i = 0; i < prefix.length(); i++) {
            at = child(at, Byte.toUnsignedInt(prefix.at(i)));
        }
        at.matched[position >> 6] |= 1L << position;
    }

    private static Node child(Node from, int b) {
        Node known = next(from, b);
        if (known != null) {
            return known;
        }
        Node child = new Node(from.matched.clone());
        int low = from.next.length == 0 ? b : Math.min(from.firstByte, b);
        int high = from.next.length == 0 ? b : Math.max(from.firstByte + from.next.length - 1, b);
        Node[] wider = new Node[high - low + 1];
        System.arraycopy(
                from.next,
                0,
                wider,
                from.next.length == 0 ? 0 : from.firstByte - low,
                from.next.length);
        wider[b - low] = child;
        from.firstByte = low;
        from.next = wider;
        return child;
    }

    private static @org.jspecify.annotations.Nullable Node next(Node from, int b) {
        int at = b - from.firstByte;
        return at >= 0 && at < from.next.length ? from.next[at] : null;
    }

    /** Bits of the prefixes that the text begins with. */
    long[] match(byte[] bytes, int from, int length) {
        Node at = root;
        for (int i = from, end = from + length; i < end; i++) {
            Node next = next(at, Byte.toUnsignedInt(bytes[i]));
            if (next == null) {
                break;
            }
            at = next;
        }
        return at.matched;
    }
}
