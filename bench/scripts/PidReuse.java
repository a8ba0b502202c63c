// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors

import dev.torimono.response.action.Action;
import dev.torimono.response.action.Guards;
import dev.torimono.response.action.KillSwitch;
import dev.torimono.response.action.Outcome;
import dev.torimono.response.action.ProcFiles;
import dev.torimono.response.action.ProcessActions;
import dev.torimono.response.action.ProcessFacts;
import dev.torimono.response.action.RateLimits;
import dev.torimono.response.action.Target;
import dev.torimono.response.decision.PlannedAction;
import dev.torimono.response.policy.Limits;
import dev.torimono.sensor.process.PidFdKiller;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Has the agent's killer aim at processes that are gone while their ids are given to others as fast
 * as the machine forks; run by pid-reuse in a pid namespace with few ids.
 */
public final class PidReuse {
    private static final int INNOCENTS = 100;
    private static final int SHELLS = 3;
    private static final Limits UNLIMITED = new Limits(1 << 30, 1 << 30, 1 << 30);

    public static void main(String[] args) throws Exception {
        int attempts = Integer.parseInt(args[0]);
        ProcFiles proc = new ProcFiles(Path.of("/proc"));
        long self = ProcessHandle.current().pid();
        Guards guards =
                new Guards(
                        proc, self, new KillSwitch(), new RateLimits(System::nanoTime), false);
        ProcessActions actions = new ProcessActions(new PidFdKiller(), proc, guards);
        PlannedAction kill =
                new PlannedAction(new Action.KillProcess(false), "attack", UNLIMITED, false);

        List<Process> shells = start(SHELLS, "sh", "-c", "while :; do /bin/true; done");
        Set<Long> parents = shells.stream().map(Process::pid).collect(Collectors.toSet());
        Map<Long, Long> seen = new HashMap<>();
        while (seen.size() < 300) {
            note(proc, parents, seen);
        }
        List<Process> innocents = start(INNOCENTS, "sleep", "100000");
        long onTheirIds = innocents.stream().filter(p -> seen.containsKey(p.pid())).count();

        int tried = 0;
        int met = 0;
        int wrong = 0;
        while (tried < attempts) {
            for (Map.Entry<Long, Long> gone : seen.entrySet()) {
                if (isThere(proc, gone.getKey(), gone.getValue())) {
                    continue;
                }
                Target target = new Target(gone.getKey(), gone.getValue(), "", null, 0);
                Outcome outcome = actions.kill(kill, target, false);
                tried++;
                met += outcome.reason().contains("another process has its id now") ? 1 : 0;
                wrong += outcome.status().label().equals("done") ? 1 : 0;
            }
        }
        long alive = innocents.stream().filter(Process::isAlive).count();
        long shellsAlive = shells.stream().filter(Process::isAlive).count();
        innocents.forEach(Process::destroyForcibly);
        shells.forEach(Process::destroyForcibly);
        System.out.printf(
                "attempts=%d met_another_process=%d killed=%d innocents_on_reused_ids=%d"
                        + " innocents_alive=%d/%d shells_alive=%d/%d%n",
                tried, met, wrong, onTheirIds, alive, INNOCENTS, shellsAlive, SHELLS);
        boolean good = wrong == 0 && alive == INNOCENTS && shellsAlive == SHELLS && met > 0;
        System.exit(good ? 0 : 1);
    }

    private static void note(ProcFiles proc, Set<Long> parents, Map<Long, Long> seen) {
        for (ProcessFacts process : proc.all()) {
            if (parents.contains(process.parent())) {
                seen.putIfAbsent(process.pid(), process.startNs());
            }
        }
    }

    private static boolean isThere(ProcFiles proc, long pid, long startNs) {
        return proc.process(pid).map(now -> now.startNs() == startNs).orElse(false);
    }

    private static List<Process> start(int count, String... command) throws Exception {
        List<Process> started = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            started.add(
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start());
        }
        return started;
    }
}
