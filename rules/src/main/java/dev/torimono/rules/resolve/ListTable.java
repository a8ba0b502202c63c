// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.resolve;

import dev.torimono.rules.RuleException;
import dev.torimono.rules.read.ListItem;
import dev.torimono.rules.read.Passage;
import dev.torimono.rules.read.YamlNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The lists of a load, and their substitution in conditions. That is textual, before parsing, once
 * per list in order of definition: a name counts wherever it stands between delimiters, even inside
 * quotes.
 */
public final class ListTable {
    /** How long a condition may become; lists of lists can grow without bound. */
    static final int MAX_CHARACTERS = 1 << 20;

    private static final String BLANKS = " \t\n\r";
    private static final String DELIMITERS = BLANKS + "(),=";

    private final Map<String, Expanded> lists = new HashMap<>();
    private final List<Expanded> inOrder = new ArrayList<>();

    /** Names with delimiters in them are no words of a condition, and searched for in every one. */
    private final SortedSet<Integer> oddNames = new TreeSet<>();

    private final Budget budget;
    private final Memo memo;

    /** What an earlier table did; a load has one table after each file. */
    public static final class Memo {
        private Map<String, Expanded> lists = Map.of();
        private final IdentityHashMap<Passage, Substituted> substituted = new IdentityHashMap<>();

        /** Lists that are new or different in the table at hand. */
        private final Set<String> changed = new HashSet<>();
    }

    /**
     * A condition with lists in place.
     *
     * @param passage the condition
     * @param words its words before: it stays as it is unless one of them becomes a list, or
     *     another one, or a word of the lists in it does
     * @param used the lists in it
     * @param characters how many characters they took
     */
    private record Substituted(
            Passage passage, Set<String> words, List<String> used, long characters) {}

    /** A list with what takes its name's place. */
    private static final class Expanded {
        private final String name;
        private final String text;
        private final int order;
        private @Nullable Set<String> words;
        private boolean used;

        Expanded(String name, String text, int order) {
            this.name = name;
            this.text = text;
            this.order = order;
        }

        Set<String> words() {
            if (words == null) {
                words = ListTable.words(text);
            }
            return words;
        }
    }

    /** Expands references between lists, one level deep. */
    public ListTable(Map<String, Collected<ListItem>> collected, Budget budget, Memo memo) {
        this.budget = budget;
        this.memo = memo;
        List<String> referred = new ArrayList<>();
        for (Collected<ListItem> each : collected.values()) {
            Expanded list = expand(each, collected, referred);
            lists.put(list.name, list);
            inOrder.add(list);
            if (!isWord(list.name)) {
                oddNames.add(list.order);
            }
        }
        referred.forEach(name -> markUsed(name));
        memo.changed.clear();
        for (Expanded list : inOrder) {
            Expanded before = memo.lists.get(list.name);
            if (before == null || !before.text.equals(list.text)) {
                memo.changed.add(list.name);
            } else {
                list.words = before.words;
            }
        }
        memo.lists = lists;
    }

    private Expanded expand(
            Collected<ListItem> list,
            Map<String, Collected<ListItem>> collected,
            List<String> referred) {
        StringBuilder text = new StringBuilder();
        for (YamlNode.Scalar item : list.item().items()) {
            Collected<ListItem> inner = collected.get(item.text());
            if (inner != null && inner.index() < list.visibility()) {
                referred.add(item.text());
                inner.item().items().forEach(value -> add(text, value.text()));
            } else {
                add(text, item.text());
            }
        }
        return new Expanded(list.item().name(), text.toString(), inOrder.size());
    }

    private void add(StringBuilder text, String item) {
        budget.spendCharacters(item.length());
        if (!text.isEmpty()) {
            text.append(", ");
        }
        if (needsQuotes(item)) {
            text.append('"').append(item).append('"');
        } else {
            text.append(item);
        }
    }

    static boolean needsQuotes(String item) {
        return item.indexOf(' ') >= 0 && item.charAt(0) != '"' && item.charAt(0) != '\'';
    }

    private void markUsed(String name) {
        Expanded list = lists.get(name);
        if (list != null) {
            list.used = true;
        }
    }

    /** Names that no condition and no other list uses. */
    public List<String> unused() {
        return inOrder.stream().filter(list -> !list.used).map(list -> list.name).toList();
    }

    /**
     * Puts lists in place of their names.
     *
     * @throws RuleException when the condition grows too long
     */
    public Passage substitute(Passage condition) {
        Substituted before = memo.substituted.get(condition);
        if (before != null && oddNames.isEmpty() && stands(before)) {
            before.used.forEach(this::markUsed);
            budget.spendCharacters(before.characters);
            return before.passage;
        }
        long spent = budget.characters();
        Passage result = condition;
        List<String> used = new ArrayList<>();
        Set<String> words = words(condition.text());
        NavigableSet<Integer> pending = new TreeSet<>(oddNames);
        pend(words, -1, pending);
        for (Integer next = pending.pollFirst(); next != null; next = pending.pollFirst()) {
            Expanded list = inOrder.get(next);
            Passage replaced = substitute(result, list);
            if (replaced != null) {
                list.used = true;
                used.add(list.name);
                result = replaced;
                pend(list.words(), next, pending);
            }
        }
        memo.substituted.put(
                condition, new Substituted(result, words, used, budget.characters() - spent));
        return result;
    }

    private boolean stands(Substituted before) {
        for (String name : memo.changed) {
            if (before.words.contains(name) || before.used.contains(name)) {
                return false;
            }
            for (String used : before.used) {
                Expanded list = lists.get(used);
                if (list == null || list.words().contains(name)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Adds the lists that words name, if their turn is yet to come. */
    private void pend(Set<String> words, int after, SortedSet<Integer> pending) {
        for (String word : words) {
            Expanded list = lists.get(word);
            if (list != null && list.order > after) {
                pending.add(list.order);
            }
        }
    }

    private static boolean isWord(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (isDelimiter(name.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDelimiter(char c) {
        return c <= '=' && DELIMITERS.indexOf(c) >= 0;
    }

    private static Set<String> words(String text) {
        Set<String> words = new HashSet<>();
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || isDelimiter(text.charAt(i))) {
                if (i > start) {
                    words.add(text.substring(start, i));
                }
                start = i + 1;
            }
        }
        return words;
    }

    private @Nullable Passage substitute(Passage condition, Expanded list) {
        String text = condition.text();
        Passage.Builder out = null;
        int copied = 0;
        int found = text.indexOf(list.name);
        while (found >= 0) {
            int end = found + list.name.length();
            int next = found + 1;
            if (isDelimited(text, found, end, copied, out)) {
                if (out == null) {
                    out = new Passage.Builder();
                }
                out.append(condition, copied, found).trimEnd(BLANKS);
                copied = skipBlanks(text, end);
                if (list.text.isEmpty() && !out.dropEnd(',') && text.startsWith(",", copied)) {
                    copied++;
                }
                // At the very start Falco's search steps over the character that follows.
                next = out.length() == 0 ? copied + 1 : copied;
                out.put(
                        out.length() == 0 ? list.text + " " : " " + list.text + " ",
                        condition,
                        found);
                budget.spendCharacters(list.text.length());
                check(out.length());
            }
            found = next > text.length() ? -1 : text.indexOf(list.name, next);
        }
        return out == null ? null : out.append(condition, copied, text.length()).build();
    }

    private static boolean isDelimited(
            String text, int from, int to, int copied, Passage.@Nullable Builder out) {
        // Right after a substitution stands the blank that it put there.
        boolean left =
                from == 0 || (out != null && from == copied) || isDelimiter(text.charAt(from - 1));
        return left && (to >= text.length() || isDelimiter(text.charAt(to)));
    }

    private static int skipBlanks(String text, int from) {
        int at = from;
        while (at < text.length() && BLANKS.indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at;
    }

    private static void check(int length) {
        if (length > MAX_CHARACTERS) {
            throw new RuleException(
                    RuleException.Kind.SYNTAX,
                    "condition has more than " + MAX_CHARACTERS + " characters, lists in place",
                    null);
        }
    }
}
