// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.instrument.write;

import dev.torimono.instrument.tree.Source;
import dev.torimono.instrument.tree.Tree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Changes to one text, at places of the text as it was read. */
final class Edits {
    /**
     * One change.
     *
     * @param within where the collection begins that it belongs to
     */
    private record Edit(int from, int to, String text, int within) {}

    private final Tree tree;
    private final List<Edit> edits = new ArrayList<>();

    Edits(Tree tree) {
        this.tree = tree;
    }

    void replace(int from, int to, String text) {
        edit(new Edit(from, to, text, from));
    }

    private void edit(Edit edit) {
        for (Tree.Shared shared : tree.shared()) {
            if (edit.within() >= shared.from() && edit.within() < shared.to()) {
                throw tree.source()
                        .error(
                                edit.within(),
                                "this is also used as *"
                                        + shared.anchor()
                                        + " elsewhere, and a change would reach there; write it out"
                                        + " instead of the alias");
            }
        }
        edits.add(edit);
    }

    /**
     * At one place, what belongs to an inner collection comes before what belongs to an outer one.
     */
    void insert(int at, String text, int within) {
        edit(new Edit(at, at, text, within));
    }

    void remove(int from, int to) {
        replace(from, to, "");
    }

    /** The changed text. What lies inside of something removed is gone with it. */
    String apply() {
        Source source = tree.source();
        edits.sort(
                Comparator.comparingInt(Edit::from)
                        .thenComparing(Edit::within, Comparator.reverseOrder()));
        StringBuilder out = new StringBuilder(source.text().length() + 1024);
        int at = 0;
        for (Edit edit : edits) {
            if (edit.from() < at && edit.to() <= at) {
                continue;
            }
            if (edit.from() < at) {
                throw source.error(
                        edit.from(), "what was put in here was changed too much to be taken out");
            }
            out.append(source.text(), at, edit.from()).append(edit.text());
            at = edit.to();
        }
        return out.append(source.text(), at, source.text().length()).toString();
    }
}
