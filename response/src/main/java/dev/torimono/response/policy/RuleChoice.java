// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.policy;

import com.google.re2j.Pattern;
import dev.torimono.response.scope.Wildcard;
import dev.torimono.rules.Position;
import java.util.Collection;

/** One line of a policy's rules: which rules it takes, or switches off. */
public sealed interface RuleChoice {
    boolean enabled();

    Position position();

    boolean matches(String rule, Collection<String> tags);

    /** By name; with wildcards many at once. */
    record Named(String name, boolean enabled, Position position) implements RuleChoice {
        @Override
        public boolean matches(String rule, Collection<String> tags) {
            return name.equals(rule)
                    || (Wildcard.isWild(name)
                            && Pattern.compile(Wildcard.regex(name), Pattern.DOTALL)
                                    .matcher(rule)
                                    .matches());
        }

        @Override
        public String toString() {
            return "rule \"" + name + "\"";
        }
    }

    /** By tag. */
    record Tagged(String tag, boolean enabled, Position position) implements RuleChoice {
        @Override
        public boolean matches(String rule, Collection<String> tags) {
            return tags.contains(tag);
        }

        @Override
        public String toString() {
            return "tag \"" + tag + "\"";
        }
    }
}
