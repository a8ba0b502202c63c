// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.seccomp;

import dev.torimono.sensor.gate.CallerFacts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds processes that share the view of files of a covered program and have not its filter: who
 * was begun by {@code docker exec}, ECS Exec or a health check descends from no launcher, and no
 * call of it waits. By the number of filters in /proc (since 5.9), on a thread of its own; what
 * ends between two looks is missed.
 */
final class Outsiders implements AutoCloseable {
    private static final long EVERY_MS = 1000;

    /** A process that is ending looks like one without filters, but not for long. */
    private static final long AGAIN_MS = 50;

    private static final int MOST_WAITING = 64;
    private static final int MOST_REMEMBERED = 1024;
    private static final int MOST_TEXT = 1024;
    private static final String FILTERS = "\nSeccomp_filters:";

    /** One that was found; its identity is its number and its start. */
    private record Found(long pid, CallerFacts facts, Session beside) {}

    private final Iterable<Session> sessions;
    private final Sessions.Counter counter;
    private final Path proc = Path.of("/proc");
    private final Queue<CoverNotice> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Map<String, Boolean> told = remembering();
    private final Map<String, Boolean> counted = remembering();
    private final Thread thread;

    Outsiders(Iterable<Session> sessions, Sessions.Counter counter) {
        this.sessions = sessions;
        this.counter = counter;
        thread = Thread.ofPlatform().daemon().name("outsiders").start(this::run);
    }

    private static Map<String, Boolean> remembering() {
        return new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                return size() > MOST_REMEMBERED;
            }
        };
    }

    /** The number of filters that a process has; -1 where the kernel does not tell. */
    static int filters(String status) {
        int at = status.indexOf(FILTERS);
        int end = at < 0 ? -1 : status.indexOf('\n', at + 1);
        try {
            return end < 0
                    ? -1
                    : Integer.parseInt(status.substring(at + FILTERS.length(), end).trim());
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                TimeUnit.MILLISECONDS.sleep(EVERY_MS);
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() throws InterruptedException {
        Map<String, Session> views = new HashMap<>();
        String own = link("self", "ns/mnt");
        for (Session each : sessions) {
            String view = each.mountNamespace().toString();
            // Beside us everything would be an outsider: then it is no container.
            if (each.filters() >= 0 && !view.isEmpty() && !view.equals(own)) {
                views.put(view, each);
            }
        }
        List<Found> found = views.isEmpty() ? List.of() : find(views);
        if (found.isEmpty()) {
            return;
        }
        TimeUnit.MILLISECONDS.sleep(AGAIN_MS);
        Map<Long, Found> still = new HashMap<>();
        for (Found each : find(views)) {
            still.put(each.pid(), each);
        }
        for (Found each : found) {
            Found again = still.get(each.pid());
            if (again != null
                    && again.facts().startNs() == each.facts().startNs()
                    && !still.containsKey(each.facts().parent())) {
                tell(each);
            }
        }
    }

    private List<Found> find(Map<String, Session> views) {
        List<Found> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (Path entry : entries) {
                String pid = entry.getFileName().toString();
                Session beside = views.get(link(pid, "ns/mnt"));
                Found one = beside == null ? null : outsider(pid, beside);
                if (one != null) {
                    found.add(one);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // Looked at again in a second.
            return List.of();
        }
        return found;
    }

    private @Nullable Found outsider(String pid, Session beside) {
        String status = text(pid, "status");
        int filters = filters(status);
        // Launchers on their way, and keepers, have no filter of ours either.
        if (filters < 0
                || filters > beside.filters()
                || beside.launcher().equals(key(proc.resolve(pid).resolve("exe")))
                || link(pid, "exe").isEmpty()) {
            return null;
        }
        long number = Long.parseLong(pid);
        CallerFacts facts = CallerFacts.parse(number, status, text(pid, "stat"));
        return new Found(number, facts, beside);
    }

    private void tell(Found one) {
        String pid = Long.toString(one.pid());
        if (counted.put(pid + ' ' + one.facts().startNs(), true) != null) {
            return;
        }
        counter.count(SeccompCount.OUTSIDERS, 1);
        String line = plain(text(pid, "cmdline").replace('\0', ' ').trim());
        // A health check comes again and again: once is enough.
        if (told.put(one.beside().cgroup() + ' ' + line, true) == null) {
            CoverNotice notice =
                    new CoverNotice.Outsider(
                            one.beside().covered(),
                            one.pid(),
                            plain(link(pid, "exe")),
                            line,
                            one.facts().uid());
            if (!waiting.offer(notice)) {
                told.remove(one.beside().cgroup() + ' ' + line);
            }
        }
    }

    private static String plain(String text) {
        String plain = text.replaceAll("[\\p{Cntrl}]", "?");
        return plain.length() > MOST_TEXT ? plain.substring(0, MOST_TEXT) : plain;
    }

    /** Hands over what was found; the polling thread. */
    void drain(Consumer<CoverNotice> notices) {
        for (CoverNotice next = waiting.poll(); next != null; next = waiting.poll()) {
            notices.accept(next);
        }
    }

    /** What tells files apart; empty when there is none. */
    static String key(Path file) {
        try {
            Map<String, Object> of = Files.readAttributes(file, "unix:dev,ino");
            return of.get("dev") + ":" + of.get("ino");
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return "";
        }
    }

    private String link(String pid, String name) {
        try {
            return Files.readSymbolicLink(proc.resolve(pid).resolve(name)).toString();
        } catch (IOException gone) {
            return "";
        }
    }

    private String text(String pid, String name) {
        try {
            return Files.readString(proc.resolve(pid).resolve(name), StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
