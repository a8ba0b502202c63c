// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.plan;

import dev.torimono.model.Text;
import dev.torimono.rules.field.Value;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a single value must satisfy. Equal matches accept equal values. */
sealed interface Match {
    boolean test(Value value);

    /** Relative cost of a test, a comparison of numbers being 1. */
    int cost();

    /** None of what another accepts. */
    record Other(Match match) implements Match {
        @Override
        public boolean test(Value value) {
            return !match.test(value);
        }

        @Override
        public int cost() {
            return match.cost();
        }
    }

    /** One of some texts; sorted, so that equal sets are equal matches. */
    record AmongTexts(List<Text> texts) implements Match {
        public AmongTexts {
            texts = texts.stream().sorted().distinct().toList();
        }

        @Override
        public boolean test(Value value) {
            return isAmong(texts, value);
        }

        @Override
        public int cost() {
            return 4;
        }
    }

    /** Text order, as strcmp. */
    record TextOrder(PairOperator operator, Text text) implements Match {
        @Override
        public boolean test(Value value) {
            int end = value.from() + value.length();
            int order =
                    Arrays.compareUnsigned(
                            value.bytes(), value.from(), end, text.array(), 0, text.length());
            return Compare.holds(operator, order);
        }

        @Override
        public int cost() {
            return 3;
        }
    }

    /** {@code contains} and {@code icontains}, which takes letters of ASCII in any case. */
    record Contains(Text text, boolean ignoreCase, Needle needle) implements Match {
        Contains(Text text, boolean ignoreCase) {
            this(text, ignoreCase, new Needle(text, ignoreCase));
        }

        @Override
        public boolean test(Value value) {
            return needle.isIn(value.bytes(), value.from(), value.length());
        }

        @Override
        public int cost() {
            return 15;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Contains contains
                    && text.equals(contains.text)
                    && ignoreCase == contains.ignoreCase;
        }

        @Override
        public int hashCode() {
            return text.hashCode();
        }
    }

    record StartsWith(Text text) implements Match {
        @Override
        public boolean test(Value value) {
            int n = text.length();
            return value.length() >= n && text.equalTo(value.bytes(), value.from(), n);
        }

        @Override
        public int cost() {
            return 4;
        }
    }

    record EndsWith(Text text) implements Match {
        @Override
        public boolean test(Value value) {
            int n = text.length();
            int start = value.from() + value.length() - n;
            return value.length() >= n && text.equalTo(value.bytes(), start, n);
        }

        @Override
        public int cost() {
            return 4;
        }
    }

    /** A shell pattern over the whole text. */
    record Glob(Text pattern, boolean ignoreCase, dev.torimono.rules.field.Glob compiled)
            implements Match {
        Glob(Text pattern, boolean ignoreCase) {
            this(pattern, ignoreCase, new dev.torimono.rules.field.Glob(pattern, ignoreCase));
        }

        @Override
        public boolean test(Value value) {
            return compiled.matches(value.bytes(), value.from(), value.length());
        }

        @Override
        public int cost() {
            return 60;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Glob glob
                    && pattern.equals(glob.pattern)
                    && ignoreCase == glob.ignoreCase;
        }

        @Override
        public int hashCode() {
            return pattern.hashCode();
        }
    }

    /** A regular expression over the whole text. */
    record Regex(String expression, com.google.re2j.Pattern compiled) implements Match {
        @Override
        public boolean test(Value value) {
            return compiled.matcher(value.toString()).matches();
        }

        @Override
        public int cost() {
            return 2000;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Regex regex && expression.equals(regex.expression);
        }

        @Override
        public int hashCode() {
            return expression.hashCode();
        }
    }

    /** Below or at one of some paths, by components. */
    record UnderPath(PathSet paths) implements Match {
        @Override
        public boolean test(Value value) {
            return paths.matches(value.bytes(), value.from(), value.length());
        }

        @Override
        public int cost() {
            return 40;
        }
    }

    /** A number compares with a constant. */
    record NumberOrder(PairOperator operator, long number, boolean signed) implements Match {
        @Override
        public boolean test(Value value) {
            int order =
                    signed
                            ? Long.compare(value.number(), number)
                            : Long.compareUnsigned(value.number(), number);
            return Compare.holds(operator, order);
        }

        @Override
        public int cost() {
            return 1;
        }
    }

    /** One of some numbers. */
    @SuppressWarnings("ArrayRecordComponent") // scratch that equality leaves out
    record AmongNumbers(List<Long> numbers, long[] sorted) implements Match {
        AmongNumbers(List<Long> numbers) {
            this(
                    numbers.stream().sorted().distinct().toList(),
                    numbers.stream().mapToLong(Long::longValue).sorted().toArray());
        }

        @Override
        public boolean test(Value value) {
            return Arrays.binarySearch(sorted, value.number()) >= 0;
        }

        @Override
        public int cost() {
            return 2;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof AmongNumbers among && numbers.equals(among.numbers);
        }

        @Override
        public int hashCode() {
            return numbers.hashCode();
        }
    }

    /** A double, as bits in {@link Value#number()}, compares with a constant. */
    record DoubleOrder(PairOperator operator, double number) implements Match {
        @Override
        public boolean test(Value value) {
            double actual = Double.longBitsToDouble(value.number());
            return Compare.holds(operator, Double.compare(actual, number));
        }

        @Override
        public int cost() {
            return 1;
        }
    }

    /** One of some addresses; the bytes of v4 never equal those of v6. */
    record AmongAddresses(List<Text> addresses) implements Match {
        public AmongAddresses {
            addresses = addresses.stream().sorted().distinct().toList();
        }

        @Override
        public boolean test(Value value) {
            return isAmong(addresses, value);
        }

        @Override
        public int cost() {
            return 4;
        }
    }

    /** In one of some networks. */
    record InNetworks(List<Network> networks) implements Match {
        public InNetworks {
            networks = List.copyOf(networks);
        }

        @Override
        public boolean test(Value value) {
            for (int i = 0; i < networks.size(); i++) {
                if (networks.get(i).contains(value.bytes(), value.from(), value.length())) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public int cost() {
            return 8;
        }
    }

    private static boolean isAmong(List<Text> wanted, Value value) {
        for (int i = 0; i < wanted.size(); i++) {
            if (wanted.get(i).equalTo(value.bytes(), value.from(), value.length())) {
                return true;
            }
        }
        return false;
    }
}
