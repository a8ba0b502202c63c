// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.account;

import dev.torimono.host.HostCounters;
import dev.torimono.model.Accounts;
import dev.torimono.model.Container;
import dev.torimono.model.Group;
import dev.torimono.model.Text;
import dev.torimono.model.User;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Names of users and groups, by the files of the host or of the container that a task runs in. A
 * container's files are read on another thread; until they are, only root is known there. One owner
 * thread.
 */
public final class AccountTable implements Accounts, AutoCloseable {
    private static final String HOST = "";
    private static final long REFRESH_NS = 5_000_000_000L;
    private static final long RETRY_NS = 50_000_000;

    /** How often a container is tried whose root cannot be seen yet: for five seconds. */
    private static final int MOST_RETRIES = 100;

    private static final Text ROOT_NAME = Text.of("root");
    private static final User ROOT = new User(0, 0, ROOT_NAME, Text.of("/root"), Text.EMPTY);
    private static final Group ROOT_GROUP = new Group(0, ROOT_NAME);

    private final Path procRoot;
    private final Path hostRoot;
    private final ToLongFunction<Container> processIn;
    private final AccountReader reader;
    private final Map<String, Entry> entries = new HashMap<>();
    private long nowNs;

    /**
     * @param processIn a living process of a container; 0 when none is known
     */
    public AccountTable(
            Path procRoot,
            Path hostRoot,
            ToLongFunction<Container> processIn,
            HostCounters counters) {
        this.procRoot = procRoot;
        this.hostRoot = hostRoot;
        this.processIn = processIn;
        reader = new AccountReader(counters);
        Entry host = entry(HOST);
        // The host's own files are trusted to be readable at once.
        host.book = reader.read(host.source, hostRoot);
    }

    @Override
    public @Nullable User user(@Nullable Container container, long uid) {
        User known = book(container).user(uid);
        return known == null && uid == 0 ? ROOT : known;
    }

    @Override
    public @Nullable Group group(@Nullable Container container, long gid) {
        Group known = book(container).group(gid);
        return known == null && gid == 0 ? ROOT_GROUP : known;
    }

    /** Starts to read a container's accounts, before anybody asks. */
    public void prefetch(Container container) {
        Entry entry = entry(container.fullId());
        entry.awaited = container;
        refresh(entry, container);
    }

    /**
     * Takes in what was read.
     *
     * @param now any clock that only goes forward
     */
    public void tick(long now) {
        nowNs = now;
        applyResults();
        for (Entry entry : entries.values()) {
            Container container = entry.awaited;
            if (container != null && now - entry.checkedNs >= RETRY_NS) {
                entry.retries++;
                if (entry.retries > MOST_RETRIES) {
                    entry.awaited = null;
                } else {
                    refresh(entry, container);
                }
            }
        }
    }

    /** Containers of which nothing was read yet, though somebody may ask. */
    int awaited() {
        applyResults();
        return (int) entries.values().stream().filter(entry -> entry.awaited != null).count();
    }

    /** Forgets containers that are gone. */
    public void retain(Set<String> fullIds) {
        entries.keySet().removeIf(key -> !key.equals(HOST) && !fullIds.contains(key));
    }

    @Override
    public void close() {
        reader.close();
    }

    private AccountBook book(@Nullable Container container) {
        applyResults();
        Entry entry = entry(container == null ? HOST : container.fullId());
        if (entry.checkedNs == Long.MIN_VALUE || nowNs - entry.checkedNs >= REFRESH_NS) {
            refresh(entry, container);
        }
        return entry.book;
    }

    private void refresh(Entry entry, @Nullable Container container) {
        AccountSource.Request request = request(entry.source, container);
        if (request != null) {
            boolean taken = reader.request(request);
            entry.checkedNs = taken ? nowNs : nowNs - REFRESH_NS + RETRY_NS;
        }
    }

    private AccountSource.@Nullable Request request(
            AccountSource source, @Nullable Container container) {
        if (container == null) {
            return new AccountSource.Request(source, hostRoot, () -> true);
        }
        long pid = processIn.applyAsLong(container);
        if (pid == 0) {
            return null;
        }
        Path process = procRoot.resolve(Long.toString(pid));
        return new AccountSource.Request(
                source,
                process.resolve("root"),
                () ->
                        CgroupCheck.holds(process.resolve("cgroup"), container.fullId())
                                && !isHostRoot(process.resolve("root")));
    }

    /**
     * A runtime is in the container's cgroup before it has changed to the container's root; what is
     * read through it until then are the host's accounts.
     */
    private boolean isHostRoot(Path root) {
        try {
            return Files.isSameFile(root, hostRoot);
        } catch (IOException gone) {
            return true;
        }
    }

    private void applyResults() {
        for (AccountSource.Result r = reader.poll(); r != null; r = reader.poll()) {
            Entry entry = entries.get(r.key());
            if (entry != null) {
                entry.book = r.book();
                entry.awaited = null;
            }
        }
    }

    private Entry entry(String key) {
        Entry known = entries.get(key);
        if (known != null) {
            return known;
        }
        Entry fresh = new Entry(new AccountSource(key));
        entries.put(key, fresh);
        return fresh;
    }

    private static final class Entry {
        private final AccountSource source;
        private AccountBook book = AccountBook.EMPTY;
        private long checkedNs = Long.MIN_VALUE;
        private int retries;

        /** The container, while nothing of it was read. */
        private @Nullable Container awaited;

        Entry(AccountSource source) {
            this.source = source;
        }
    }
}
