// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules;

import java.util.ArrayList;
import java.util.List;

/**
 * Which rules take part, beyond what each says of itself: steps applied in sequence, so that a
 * later one overrules an earlier one.
 */
public record Selection(List<Step> steps) {
    /** What the rules say of themselves. */
    public static final Selection DEFAULT = new Selection(List.of());

    /** One enabling or disabling. */
    public sealed interface Step {
        boolean enable();
    }

    /** By name, where {@code *} stands for any characters and the whole name must match. */
    public record ByName(boolean enable, String wildcard) implements Step {}

    /** By tag. */
    public record ByTag(boolean enable, String tag) implements Step {}

    public Selection {
        steps = List.copyOf(steps);
    }

    public Selection enableNamed(String wildcard) {
        return with(new ByName(true, wildcard));
    }

    public Selection disableNamed(String wildcard) {
        return with(new ByName(false, wildcard));
    }

    public Selection enableTagged(String tag) {
        return with(new ByTag(true, tag));
    }

    public Selection disableTagged(String tag) {
        return with(new ByTag(false, tag));
    }

    private Selection with(Step step) {
        List<Step> more = new ArrayList<>(steps);
        more.add(step);
        return new Selection(more);
    }
}
