// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.control;

import dev.torimono.model.Container;
import dev.torimono.response.ContainerBoard;
import dev.torimono.response.action.Action;
import dev.torimono.response.action.Guards;
import dev.torimono.response.action.Outcome;
import dev.torimono.response.action.ProcFiles;
import dev.torimono.response.action.ProcessActions;
import dev.torimono.response.action.ProcessFacts;
import dev.torimono.response.action.Target;
import dev.torimono.response.container.ContainerActions;
import dev.torimono.response.container.ContainerControl.Operation;
import dev.torimono.response.decision.PlannedAction;
import dev.torimono.response.policy.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Carries out what a person asks, within the same guards as policies. Any thread. */
public final class ManualResponse {
    static final String FULL_ID = "[0-9a-f]{64}";

    private static final String START = "start";

    /** A person is no runaway rule. */
    private static final Limits UNLIMITED =
            new Limits(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);

    private static final String POLICY = "manual response";

    private final Guards guards;
    private final ProcessActions processes;
    private final ContainerActions containers;
    private final ContainerBoard board;
    private final FileStore store;
    private final Path killSwitch;
    private final Supplier<Map<String, String>> status;
    private final ProcFiles proc = new ProcFiles(Path.of("/proc"));

    /**
     * @param store where files are kept that are taken away or copied
     * @param killSwitch the file that stops every action
     * @param status what the agent has to say of itself
     */
    ManualResponse(
            Guards guards,
            ProcessActions processes,
            ContainerActions containers,
            ContainerBoard board,
            FileStore store,
            Path killSwitch,
            Supplier<Map<String, String>> status) {
        this.guards = guards;
        this.processes = processes;
        this.containers = containers;
        this.board = board;
        this.store = store;
        this.killSwitch = killSwitch;
        this.status = status;
    }

    /**
     * Does it.
     *
     * @param id names the request; what is kept of it goes by that name
     */
    Answer answer(String id, Request request) {
        try {
            if (request.dryRun()) {
                return new Preview(this, guards, processes, proc, store).of(request);
            }
            return switch (request.command()) {
                case "status" -> Answer.done("", status.get());
                case "kill-switch" -> killSwitch(request);
                case "kill-process" -> killProcess(request);
                case "kill-container" -> onContainer(Operation.KILL, request, START);
                case "stop-container" -> onContainer(Operation.STOP, request, START);
                case "pause-container" -> onContainer(Operation.PAUSE, request, "unpause");
                case "unpause-container" -> onContainer(Operation.UNPAUSE, request, "pause");
                case "start-container" -> start(request);
                case "quarantine" -> quarantine(id, request);
                case "unquarantine" -> unquarantine(request);
                case "acquire" -> acquire(id, request);
                default -> Answer.failed("there is no command \"" + request.command() + "\"");
            };
        } catch (NoSuchFileException e) {
            return Answer.failed(request.target() + ": there is no such file");
        } catch (IOException e) {
            return Answer.failed(e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }

    /** Why nothing may be done at all. */
    Optional<Answer> allowed() {
        if (guards.dryRun()) {
            return Optional.of(Answer.refused("the agent only rehearses: dry run"));
        }
        return guards.objectToAll().map(Answer::refused);
    }

    private Answer killProcess(Request request) throws IOException {
        Optional<Answer> withheld = allowed();
        if (withheld.isPresent()) {
            return withheld.get();
        }
        long pid = number(request.target());
        if (pid <= 0) {
            return Answer.failed(request.target() + ": is no process id");
        }
        Optional<ProcessFacts> facts = proc.process(pid);
        if (facts.isEmpty()) {
            return Answer.failed("there is no process " + pid);
        }
        if (!Started.isMeant(facts.get(), request.startNs())) {
            return Answer.refused("process " + pid + " is another one by now");
        }
        PlannedAction planned =
                new PlannedAction(new Action.KillProcess(request.tree()), POLICY, UNLIMITED, false);
        Target target = new Target(pid, facts.get().startNs(), "", null, 0);
        return Answer.of(processes.kill(planned, target, request.tree()));
    }

    private Answer onContainer(Operation operation, Request request, String undo) {
        // Whoever engaged the switch because of a wrong pause must be able to end that pause.
        Optional<Answer> withheld = operation == Operation.UNPAUSE ? Optional.empty() : allowed();
        if (withheld.isPresent()) {
            return withheld.get();
        }
        Container container = container(request.target());
        Optional<String> objection = guards.objectToContainer(container);
        if (objection.isPresent()) {
            return Answer.refused(objection.get());
        }
        Outcome outcome = containers.act(operation, container, processIn(container));
        Answer answer = Answer.of(outcome).with("container", container.fullId());
        boolean gone = undo.equals(START) && !containers.canRestart(container);
        if (undo.isEmpty() || gone || !answer.isDone()) {
            return answer;
        }
        // What has ended is known by its whole id only.
        String named = undo.equals(START) ? container.fullId() : request.target();
        return answer.with("undo", "torimono respond " + undo + " " + named);
    }

    /**
     * Takes back the end of a container. Nobody watches what does not run, so that it is named by
     * its whole id, and its runtime tells whether there is one.
     */
    private Answer start(Request request) {
        String id = request.target();
        if (!id.matches(FULL_ID)) {
            return Answer.failed(id + ": a container that has ended is named by its whole id");
        }
        Outcome outcome = containers.act(Operation.START, Container.pending(id, ""), 0);
        return Answer.of(outcome).with("container", id);
    }

    private Answer quarantine(String id, Request request) throws IOException {
        Optional<Answer> withheld = allowed();
        if (withheld.isPresent()) {
            return withheld.get();
        }
        RootedPath path = path(request);
        Optional<String> objection = objection(request, path);
        if (objection.isPresent()) {
            return Answer.refused(objection.get());
        }
        return kept(store.takeAway(id, path, origin(request)))
                .with("undo", "torimono respond unquarantine " + id);
    }

    private Answer acquire(String id, Request request) throws IOException {
        return kept(store.take(id, path(request), origin(request)));
    }

    private Answer unquarantine(Request request) throws IOException {
        var facts = store.facts(request.target());
        String container = facts.path("container").asString("");
        String path = facts.path("path").asString("");
        store.putBack(request.target(), RootedPath.of(root(container), path));
        return Answer.done("", Map.of("path", path));
    }

    private static Answer kept(FileStore.Kept kept) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("id", kept.id());
        facts.put("sha256", kept.sha256());
        facts.put("bytes", Long.toString(kept.bytes()));
        facts.put("kept_as", kept.content().toString());
        return Answer.done("", facts);
    }

    private Answer killSwitch(Request request) throws IOException {
        if (request.target().equals("off")) {
            Files.deleteIfExists(killSwitch);
            return Answer.done("actions are done again", Map.of());
        }
        if (!request.target().equals("on")) {
            return Answer.failed("the switch is on or off, not \"" + request.target() + "\"");
        }
        Path parent = killSwitch.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        Files.writeString(killSwitch, request.reason() + "\n");
        return Answer.done("no action is done any more; detection goes on", Map.of())
                .with("undo", "torimono respond kill-switch off");
    }

    /** The program of what must not be ended must not be taken away either. */
    Optional<String> objection(Request request, RootedPath path) {
        String full = path.toString();
        for (String system : List.of("/proc/", "/sys/", "/dev/")) {
            if (full.startsWith(system)) {
                return Optional.of("what lies below " + system + " is no file of a disk");
            }
        }
        return request.container().isEmpty() ? guards.objectToFile(full) : Optional.empty();
    }

    private Map<String, String> origin(Request request) throws IOException {
        if (request.container().isEmpty()) {
            return Map.of("container", "", "reason", request.reason());
        }
        return Map.of(
                "container", container(request.container()).fullId(), "reason", request.reason());
    }

    RootedPath path(Request request) throws IOException {
        return RootedPath.of(root(request.container()), request.target());
    }

    private Path root(String container) throws IOException {
        if (container.isEmpty()) {
            return Path.of("/");
        }
        long pid = processIn(container(container));
        if (pid == 0) {
            throw new IOException("container " + container + " has no process");
        }
        return Path.of("/proc/" + pid + "/root");
    }

    /** By name, by full id, or by the beginning of an id that only one has. */
    Container container(String named) {
        List<Container> all = board.all();
        List<Container> found =
                all.stream()
                        .filter(one -> one.name().equals(named) || one.fullId().equals(named))
                        .toList();
        if (found.isEmpty() && named.length() >= 4) {
            found = all.stream().filter(one -> one.fullId().startsWith(named)).toList();
        }
        if (found.size() != 1) {
            throw new NoSuchContainerException(
                    found.isEmpty()
                            ? "there is no container \"" + named + "\" that the agent knows"
                            : "several containers are meant by \"" + named + "\"");
        }
        return found.getFirst();
    }

    private long processIn(Container container) {
        return proc.all().stream()
                .map(ProcessFacts::pid)
                .filter(
                        pid ->
                                proc.cgroups(pid).stream()
                                        .anyMatch(line -> line.contains(container.fullId())))
                .findFirst()
                .orElse(0L);
    }

    static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
