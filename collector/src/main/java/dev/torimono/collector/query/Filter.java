// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.query;

import java.util.List;

/**
 * A condition over what is known of an event. {@link #matches} is its meaning; a store may answer
 * it otherwise, but not differently.
 */
public sealed interface Filter {
    /** What a filter can ask of an event. */
    interface Subject {
        /** Every value of an attribute; empty when it has none. */
        List<String> values(String attribute);

        /** Everything that free text is searched in. */
        String text();
    }

    Filter ALL = new And(List.of());

    boolean matches(Subject subject);

    /** Whether a filter looks at an attribute. */
    static boolean asks(Filter filter, String attribute) {
        return switch (filter) {
            case And and -> and.parts().stream().anyMatch(part -> asks(part, attribute));
            case Or or -> or.parts().stream().anyMatch(part -> asks(part, attribute));
            case Not not -> asks(not.part(), attribute);
            case In in -> in.attribute().equals(attribute);
            case Contains part -> part.attribute().equals(attribute);
            case StartsWith start -> start.attribute().equals(attribute);
            case Exists exists -> exists.attribute().equals(attribute);
            case Between between -> between.attribute().equals(attribute);
            case FreeText _ -> false;
        };
    }

    /** Every one of them; none of them holds always. */
    record And(List<Filter> parts) implements Filter {
        public And {
            parts = List.copyOf(parts);
        }

        @Override
        public boolean matches(Subject subject) {
            return parts.stream().allMatch(part -> part.matches(subject));
        }
    }

    /** At least one of them. */
    record Or(List<Filter> parts) implements Filter {
        public Or {
            parts = List.copyOf(parts);
        }

        @Override
        public boolean matches(Subject subject) {
            return parts.stream().anyMatch(part -> part.matches(subject));
        }
    }

    /** The opposite; holds too where an attribute is missing. */
    record Not(Filter part) implements Filter {
        @Override
        public boolean matches(Subject subject) {
            return !part.matches(subject);
        }
    }

    /** One of its values is one of these, letter by letter. */
    record In(String attribute, List<String> choices) implements Filter {
        public In {
            choices = List.copyOf(choices);
        }

        @Override
        public boolean matches(Subject subject) {
            return subject.values(attribute).stream().anyMatch(choices::contains);
        }
    }

    /** One of its values contains a text, in any letter case. */
    record Contains(String attribute, String part) implements Filter {
        @Override
        public boolean matches(Subject subject) {
            String wanted = fold(part);
            return subject.values(attribute).stream().anyMatch(has -> fold(has).contains(wanted));
        }
    }

    /** One of its values begins with a text, in any letter case. */
    record StartsWith(String attribute, String prefix) implements Filter {
        @Override
        public boolean matches(Subject subject) {
            String wanted = fold(prefix);
            return subject.values(attribute).stream().anyMatch(has -> fold(has).startsWith(wanted));
        }
    }

    /** It has a value. */
    record Exists(String attribute) implements Filter {
        @Override
        public boolean matches(Subject subject) {
            return !subject.values(attribute).isEmpty();
        }
    }

    /** One of its values is a number within bounds, both included. */
    record Between(String attribute, long min, long max) implements Filter {
        @Override
        public boolean matches(Subject subject) {
            return subject.values(attribute).stream().anyMatch(this::holds);
        }

        private boolean holds(String text) {
            try {
                long value = Long.parseLong(text);
                return value >= min && value <= max;
            } catch (NumberFormatException e) {
                return false;
            }
        }
    }

    /** Its text contains every word of a search, in any letter case. */
    record FreeText(String words) implements Filter {
        @Override
        public boolean matches(Subject subject) {
            List<String> have = Words.of(subject.text());
            return Words.of(words).stream()
                    .allMatch(word -> have.stream().anyMatch(other -> other.startsWith(word)));
        }
    }

    /** Without the letter case of A to Z; that of other letters counts. */
    static String fold(String text) {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            if (isUpper(text.charAt(i))) {
                StringBuilder folded = new StringBuilder(text);
                for (int j = i; j < length; j++) {
                    char c = folded.charAt(j);
                    folded.setCharAt(j, isUpper(c) ? (char) (c + 'a' - 'A') : c);
                }
                return folded.toString();
            }
        }
        return text;
    }

    private static boolean isUpper(char c) {
        return c >= 'A' && c <= 'Z';
    }
}
