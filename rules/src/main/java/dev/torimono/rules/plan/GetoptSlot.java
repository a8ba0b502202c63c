// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.plan;

import dev.torimono.model.Text;
import org.jspecify.annotations.Nullable;

/**
 * The {@code getopt} transformer: every option and argument as a list, or the argument of one
 * option, where the last counts and an option that takes none stands for itself.
 */
final class GetoptSlot extends Slot implements Getopt.Sink {
    private final Slot list;
    private final Slot options;
    private final boolean one;
    private final byte wanted;
    private boolean found;

    GetoptSlot(Slot list, Slot options, @Nullable String wanted) {
        this.list = list;
        this.options = options;
        this.one = wanted != null;
        this.wanted = wanted == null ? 0 : (byte) wanted.charAt(0);
    }

    @Override
    boolean fill(Context context) {
        if (!list.get(context) || !options.get(context)) {
            return false;
        }
        value.clear();
        found = false;
        new Getopt(list.value, options.value).each(this);
        return !one || found;
    }

    @Override
    public void plain(byte[] bytes, int at) {
        if (!one) {
            value.add(bytes, at, 1);
        } else if (bytes[at] == wanted) {
            found = value.text(bytes, at, 1);
        }
    }

    @Override
    public void withArgument(byte[] bytes, int at, byte[] argument, int from, int length) {
        if (!one) {
            value.add(bytes, at, 1);
            value.add(argument, from, length);
        } else if (bytes[at] == wanted) {
            found = value.text(argument, from, length);
        }
    }

    @Override
    public void withoutItsArgument(byte[] bytes, int at) {
        if (!one) {
            value.add(Text.EMPTY);
        } else if (bytes[at] == wanted) {
            found = false;
        }
    }
}
