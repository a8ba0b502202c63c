// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import dev.torimono.model.Demand;
import dev.torimono.model.Interest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * The interests of a demand in the kernel's form: numbered, and for each value of each dimension
 * the set of those that admit it, as a bit mask. An event then costs a few ANDs; only when every
 * interest left asks for a path is the path looked through.
 *
 * <p>Of places only the host is judged, where the process table told that a cgroup is the host's
 * and the mounts are the host's too; everything else may be a container.
 */
final class InterestTable {
    static final int INTERESTS = 64;
    static final int OUTCOMES = 2;
    static final int MODES = 6;
    static final int KINDS = 32;

    private final long[] outcomes = new long[OUTCOMES];
    private final long[] modes = new long[MODES];
    private final long[] kinds = new long[KINDS];
    private final long[] bloom = new long[PathKey.BLOOM_BITS / Long.SIZE];
    private final Map<Long, Long> paths = new HashMap<>();
    private final Map<Integer, Long> concerned = new HashMap<>();
    private int interests;
    private long onHost;
    private long pathless;
    private long prefixLengths;

    private InterestTable() {}

    /** The table of a demand; one that admits everything when it has more than 64 interests. */
    static InterestTable of(Demand demand) {
        InterestTable table = new InterestTable();
        table.interests = demand.interests().size();
        if (demand.interests().size() <= INTERESTS) {
            for (int i = 0; i < demand.interests().size(); i++) {
                table.add(demand.interests().get(i), 1L << i);
            }
        }
        return table;
    }

    private void add(Interest interest, long bit) {
        mask(outcomes, interest.outcomes(), bit);
        mask(modes, interest.modes(), bit);
        mask(kinds, interest.kinds(), bit);
        if ((interest.places() & Interest.ON_HOST) != 0) {
            onHost |= bit;
        }
        for (ProbedCall call : ProbedCall.ALL) {
            // What the process table lives on is always told.
            if (!call.state() && interest.concerns(call.type())) {
                concerned.merge(call.type().code(), bit, (a, b) -> a | b);
            }
        }
        Interest.Paths wanted = interest.paths();
        if (wanted == null || wanted.prefixes().contains("")) {
            pathless |= bit;
            return;
        }
        wanted.prefixes().forEach(p -> prefixLengths |= 1L << PathKey.prefixLength(p));
        keys(wanted.exact(), PathKey::exact, bit);
        keys(wanted.prefixes(), PathKey::prefix, bit);
        keys(wanted.directories(), PathKey::directory, bit);
        keys(wanted.names(), PathKey::name, bit);
        keys(wanted.fragments(), PathKey::fragment, bit);
    }

    private static void mask(long[] masks, int admitted, long bit) {
        for (int value = 0; value < masks.length; value++) {
            if ((admitted >> value & 1) != 0) {
                masks[value] |= bit;
            }
        }
    }

    private void keys(Iterable<String> texts, ToLongFunction<String> key, long bit) {
        for (String text : texts) {
            long hash = key.applyAsLong(text);
            paths.merge(hash, bit, (a, b) -> a | b);
            int at = PathKey.bloomBit(hash);
            bloom[at / Long.SIZE] |= 1L << at % Long.SIZE;
        }
    }

    /** Key to interests, for the kernel's map. */
    Map<Long, Long> paths() {
        return Map.copyOf(paths);
    }

    /** Whether the interests are known of a type; otherwise it is wanted whole. */
    boolean concerns(int eventType) {
        return concerned.containsKey(eventType);
    }

    /** All but {@link #writeConcerned}, which puts it in force. */
    void writeMasks(SharedConfig shared) {
        shared.masks(SharedConfig.BY_OUTCOME, outcomes);
        shared.masks(SharedConfig.BY_MODE, modes);
        shared.masks(SharedConfig.BY_KIND, kinds);
        shared.masks(SharedConfig.ON_HOST, onHost);
        shared.masks(SharedConfig.PATHLESS, pathless);
        shared.masks(SharedConfig.PREFIX_LENGTHS, prefixLengths);
        shared.masks(SharedConfig.BLOOM, bloom);
    }

    void writeConcerned(SharedConfig shared) {
        concerned.forEach(shared::concerned);
    }

    /** Types whose interests are known. */
    List<Integer> types() {
        return List.copyOf(concerned.keySet());
    }

    /** What it narrows, in words. */
    @Override
    public String toString() {
        if (interests > INTERESTS) {
            return "off: " + interests + " interests are more than " + INTERESTS;
        }
        return concerned.isEmpty()
                ? "off: the rules want every event of their types"
                : "%d event types by %d interests and %d paths"
                        .formatted(concerned.size(), interests, paths.size());
    }
}
