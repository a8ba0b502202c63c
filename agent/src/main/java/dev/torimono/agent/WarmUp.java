// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent;

import dev.torimono.agent.format.AlertFormat;
import dev.torimono.agent.output.Line;
import dev.torimono.host.Host;
import dev.torimono.model.Accounts;
import dev.torimono.model.Alert;
import dev.torimono.model.Ancestor;
import dev.torimono.model.Event;
import dev.torimono.model.EventBuilder;
import dev.torimono.model.EventType;
import dev.torimono.model.FdTable;
import dev.torimono.model.Observation;
import dev.torimono.model.Priority;
import dev.torimono.model.Task;
import dev.torimono.rules.LoadOptions;
import dev.torimono.rules.MatchStrategy;
import dev.torimono.rules.Matcher;
import dev.torimono.rules.RuleFile;
import dev.torimono.rules.RuleLoader;
import dev.torimono.rules.Selection;
import java.util.List;

/**
 * The way of one event gone through before the first one comes, so that the first alert is not the
 * one that waits for classes to load and lambdas to link. Told to nobody.
 */
final class WarmUp {
    private static final int ROUNDS = 3;
    private static final RuleFile RULES =
            new RuleFile(
                    "warm-up",
                    """
                    - rule: warm-up
                      desc: fires for every exec
                      condition: >
                        evt.type in (execve, execveat) and not proc.name in (a, b)
                        and not proc.pname contains x and not fd.name startswith /y
                        and not proc.aname in (z)
                      output: >
                        user=%user.name uid=%user.uid command=%proc.cmdline tty=%proc.tty
                        parent=%proc.pname exe=%proc.exepath grandparent=%proc.aname[2] fd=%fd.name
                        container=%container.id image=%container.image.repository
                      priority: DEBUG
                      tags: [a]
                    """);

    private WarmUp() {}

    /** Our own process has ancestors and a user like any other. */
    static void lineage(Host host) {
        Task own = host.task(ProcessHandle.current().pid());
        if (own != null) {
            host.lineage(own);
        }
    }

    static void run(AlertFormat format) {
        Matcher matcher =
                new RuleLoader(LoadOptions.DEFAULT)
                        .load(List.of(RULES))
                        .ruleset()
                        .matcher(MatchStrategy.FIRST, Selection.DEFAULT, Priority.DEBUG);
        Event event =
                new EventBuilder(EventType.symbol("SYSCALL_EXECVE_19_X"), 1, 2)
                        .number("res", 0)
                        .event();
        Observation observation = new Observation(Accounts.NONE, FdTable.NONE);
        Task task = new Task(2, 2).parent(1, new Task(1, 1));
        List<Ancestor> lineage = List.of(new Ancestor(1, 1, "", "", "", 0, "", "", "host", 1, 1));
        for (int i = 0; i < ROUNDS; i++) {
            matcher.match(
                    observation.set(event, task, null),
                    finding -> new Line(new Alert(finding, "", lineage), format).bytes());
        }
    }
}
