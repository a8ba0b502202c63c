// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.read;

import dev.torimono.model.Priority;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A rule as its items say, before anything is resolved.
 *
 * @param name its name
 * @param description what it is for
 * @param priority how urgent
 * @param source its event source
 * @param tags its tags
 * @param output its output
 * @param condition its condition
 * @param exceptions its exceptions
 * @param switches everything that is a yes or no, or a number
 * @param at where it was defined last
 */
public record RuleItem(
        String name,
        String description,
        Priority priority,
        String source,
        SortedSet<String> tags,
        Passage output,
        Passage condition,
        List<ExceptionItem> exceptions,
        Switches switches,
        Place at) {

    /**
     * Settings of a rule.
     *
     * @param enabled takes part unless a selection says otherwise
     * @param warnEvttypes warn when it sees too many event types
     * @param skipIfUnknownFilter drop it when a field is unknown, instead of failing
     * @param capture a finding asks for a capture
     * @param captureDurationMs how long a capture
     */
    public record Switches(
            boolean enabled,
            boolean warnEvttypes,
            boolean skipIfUnknownFilter,
            boolean capture,
            long captureDurationMs) {
        public Switches withEnabled(boolean value) {
            return new Switches(
                    value, warnEvttypes, skipIfUnknownFilter, capture, captureDurationMs);
        }
    }

    /**
     * What a later item says of a rule; null for what it leaves alone.
     *
     * @param name the rule
     * @param condition condition
     * @param exceptions exceptions
     * @param output output
     * @param description description
     * @param tags tags
     * @param priority priority; only to replace
     * @param switches settings; only to replace
     * @param source the source it believes the rule has
     * @param at where it is written
     */
    public record Update(
            String name,
            @Nullable Passage condition,
            @Nullable List<ExceptionItem> exceptions,
            @Nullable Passage output,
            @Nullable Passage description,
            @Nullable SortedSet<String> tags,
            @Nullable Priority priority,
            @Nullable SwitchUpdate switches,
            @Nullable String source,
            Place at) {
        /** Whether it says nothing at all. */
        public boolean isEmpty() {
            return condition == null
                    && exceptions == null
                    && output == null
                    && description == null
                    && tags == null
                    && priority == null
                    && switches == null;
        }
    }

    /** Replaces some settings. */
    @FunctionalInterface
    public interface SwitchUpdate {
        Switches apply(Switches old);
    }

    public RuleItem {
        tags = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(tags));
        exceptions = List.copyOf(exceptions);
    }

    /** With another's words in place of its own. */
    public RuleItem replacedBy(Update update) {
        return new RuleItem(
                name,
                update.description == null ? description : update.description.text(),
                update.priority == null ? priority : update.priority,
                source,
                update.tags == null ? tags : update.tags,
                update.output == null ? output : update.output,
                update.condition == null ? condition : update.condition,
                update.exceptions == null ? exceptions : update.exceptions,
                update.switches == null ? switches : update.switches.apply(switches),
                at);
    }

    /** With another's words after its own, a blank in between; tags are united. */
    public RuleItem extendedBy(Update update, List<ExceptionItem> allExceptions) {
        SortedSet<String> allTags = new TreeSet<>(tags);
        if (update.tags != null) {
            allTags.addAll(update.tags);
        }
        return new RuleItem(
                name,
                update.description == null
                        ? description
                        : description + " " + update.description.text(),
                priority,
                source,
                allTags,
                update.output == null ? output : output.join(update.output),
                update.condition == null ? condition : condition.join(update.condition),
                allExceptions,
                switches,
                at);
    }

    public RuleItem withExceptions(List<ExceptionItem> replacement) {
        return new RuleItem(
                name,
                description,
                priority,
                source,
                tags,
                output,
                condition,
                replacement,
                switches,
                at);
    }

    public RuleItem withSwitches(Switches replacement) {
        return new RuleItem(
                name,
                description,
                priority,
                source,
                tags,
                output,
                condition,
                exceptions,
                replacement,
                at);
    }
}
