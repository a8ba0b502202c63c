// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.control;

import dev.torimono.model.Container;
import dev.torimono.response.action.Guards;
import dev.torimono.response.action.Outcome;
import dev.torimono.response.action.ProcFiles;
import dev.torimono.response.action.ProcessActions;
import dev.torimono.response.action.ProcessFacts;
import dev.torimono.response.action.Target;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tells what a manual response would touch and what the guards say, and touches nothing. */
final class Preview {
    /** What is left possible when nothing else is. */
    private static final Set<String> UNDOING =
            Set.of("unpause-container", "start-container", "unquarantine");

    private static final int MOST_NAMED = 20;

    private final ManualResponse response;
    private final Guards guards;
    private final ProcessActions processes;
    private final ProcFiles proc;
    private final FileStore store;

    Preview(
            ManualResponse response,
            Guards guards,
            ProcessActions processes,
            ProcFiles proc,
            FileStore store) {
        this.response = response;
        this.guards = guards;
        this.processes = processes;
        this.proc = proc;
        this.store = store;
    }

    /** What would be touched, and what stands in the way. */
    Answer of(Request request) throws IOException {
        Optional<Answer> withheld = response.allowed();
        if (withheld.isPresent() && !UNDOING.contains(request.command())) {
            return withheld.get();
        }
        return switch (request.command()) {
            case "kill-process" -> kill(request);
            case "kill-container", "stop-container", "pause-container", "unpause-container" ->
                    container(request);
            case "start-container" ->
                    request.target().matches(ManualResponse.FULL_ID)
                            ? Answer.possible(Map.of("touches", "container " + request.target()))
                            : Answer.failed("a container that has ended needs its whole id");
            case "quarantine", "acquire" -> file(request);
            case "unquarantine" ->
                    Answer.possible(
                            Map.of(
                                    "touches",
                                    "file "
                                            + store.facts(request.target())
                                                    .path("path")
                                                    .asString("")));
            default -> Answer.failed("there is nothing to tell of \"" + request.command() + "\"");
        };
    }

    private Answer kill(Request request) throws IOException {
        long pid = ManualResponse.number(request.target());
        Optional<ProcessFacts> facts = pid <= 0 ? Optional.empty() : proc.process(pid);
        if (facts.isEmpty()) {
            return Answer.failed("there is no process " + request.target());
        }
        if (!Started.isMeant(facts.get(), request.startNs())) {
            return Answer.refused("process " + pid + " is another one by now");
        }
        Outcome permitted = processes.permit(new Target(pid, facts.get().startNs(), "", null, 0));
        if (permitted.status() != Outcome.DONE.status()) {
            return Answer.of(permitted);
        }
        List<ProcessFacts> all = request.tree() ? descendants(pid) : List.of();
        StringBuilder touches = new StringBuilder("process " + pid + " " + facts.get().name());
        all.stream()
                .limit(MOST_NAMED)
                .forEach(
                        one ->
                                touches.append(", ")
                                        .append(one.pid())
                                        .append(' ')
                                        .append(one.name()));
        return Answer.possible(
                Map.of(
                        "touches", touches.toString(),
                        "processes", Integer.toString(1 + all.size())));
    }

    private List<ProcessFacts> descendants(long pid) {
        List<ProcessFacts> all = proc.all();
        Set<Long> of = new HashSet<>(Set.of(pid));
        List<ProcessFacts> found = new ArrayList<>();
        boolean more = true;
        while (more) {
            more = false;
            for (ProcessFacts one : all) {
                if (of.contains(one.parent()) && of.add(one.pid())) {
                    found.add(one);
                    more = true;
                }
            }
        }
        return found;
    }

    private Answer container(Request request) {
        Container container = response.container(request.target());
        Optional<String> objection = guards.objectToContainer(container);
        if (objection.isPresent()) {
            return Answer.refused(objection.get());
        }
        long inside =
                proc.all().stream()
                        .filter(
                                one ->
                                        proc.cgroups(one.pid()).stream()
                                                .anyMatch(
                                                        line -> line.contains(container.fullId())))
                        .count();
        return Answer.possible(
                Map.of(
                        "touches",
                        "container "
                                + container.name()
                                + " ("
                                + container.image()
                                + ") with "
                                + inside
                                + (inside == 1 ? " process" : " processes"),
                        "container",
                        container.fullId(),
                        "processes",
                        Long.toString(inside)));
    }

    private Answer file(Request request) throws IOException {
        RootedPath path = response.path(request);
        boolean takesAway = request.command().equals("quarantine");
        Optional<String> objection =
                takesAway ? response.objection(request, path) : Optional.empty();
        if (objection.isPresent()) {
            return Answer.refused(objection.get());
        }
        return Answer.possible(
                path.with(
                        (folder, name) -> {
                            var facts = RootedPath.attributes(folder, name);
                            return Map.of(
                                    "touches", "file " + path,
                                    "bytes", Long.toString(facts.size()),
                                    "owner", facts.owner().getName());
                        }));
    }
}
