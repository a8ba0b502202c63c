// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.capture;

import dev.torimono.agent.AgentException;
import dev.torimono.agent.AgentException.Reason;
import dev.torimono.model.Demand;
import dev.torimono.model.EventType;
import dev.torimono.model.Observation;
import dev.torimono.model.Priority;
import dev.torimono.rules.LoadOptions;
import dev.torimono.rules.LoadResult;
import dev.torimono.rules.MatchStrategy;
import dev.torimono.rules.Matcher;
import dev.torimono.rules.RuleFile;
import dev.torimono.rules.RuleLoader;
import dev.torimono.rules.Selection;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which events are kept: those a condition holds for, and always those that tell of processes,
 * since without them nobody could say who did the rest.
 */
final class CaptureFilter {
    private static final String NAME = "capture";
    private static final BitSet PROCESSES = processes();

    private final @Nullable Matcher matcher;

    private CaptureFilter(@Nullable Matcher matcher) {
        this.matcher = matcher;
    }

    /**
     * Compiles a condition; null keeps everything.
     *
     * @throws AgentException with place and reason when it is none
     */
    static CaptureFilter of(@Nullable String condition) {
        if (condition == null) {
            return new CaptureFilter(null);
        }
        String yaml =
                "- rule: "
                        + NAME
                        + "\n  desc: kept\n  output: kept\n  priority: DEBUG\n  condition: "
                        + quoted(condition)
                        + "\n";
        LoadResult loaded =
                new RuleLoader(LoadOptions.DEFAULT).load(List.of(new RuleFile("--filter", yaml)));
        if (!loaded.report().errors().isEmpty()) {
            throw new AgentException(
                    Reason.CONFIG, "--filter: " + loaded.report().errors().getFirst().message());
        }
        return new CaptureFilter(
                loaded.ruleset().matcher(MatchStrategy.FIRST, Selection.DEFAULT, Priority.DEBUG));
    }

    private static String quoted(String condition) {
        return '"'
                + condition.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n")
                + '"';
    }

    /** What the kernel has to send. */
    Demand demand() {
        Matcher of = matcher;
        if (of == null) {
            return Demand.everything();
        }
        Demand wanted = of.demand();
        BitSet types = wanted.eventTypes();
        types.or(PROCESSES);
        return new Demand(types, true, wanted.interests());
    }

    boolean keeps(Observation observation) {
        Matcher of = matcher;
        return of == null
                || PROCESSES.get(observation.event().type().code())
                || of.match(observation, _ -> {}) > 0;
    }

    private static BitSet processes() {
        BitSet types = new BitSet();
        for (String symbol :
                new String[] {
                    "SYSCALL_CLONE_20_X",
                    "SYSCALL_CLONE3_X",
                    "SYSCALL_FORK_20_X",
                    "SYSCALL_VFORK_20_X",
                    "SYSCALL_EXECVE_19_X",
                    "SYSCALL_EXECVEAT_X",
                    "PROCEXIT_1_E"
                }) {
            types.set(EventType.symbol(symbol).code());
        }
        return types;
    }
}
