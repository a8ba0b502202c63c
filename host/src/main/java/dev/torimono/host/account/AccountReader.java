// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.account;

import dev.torimono.host.HostCounter;
import dev.torimono.host.HostCounters;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * The thread that reads account files of containers. A container can make a read of its file system
 * hang (FUSE, a FIFO swapped in): then names are missing, and nothing else is late.
 */
final class AccountReader implements AutoCloseable {
    private static final int MOST_REQUESTS = 256;
    private static final int MOST_BYTES = 1024 * 1024;

    private final BlockingQueue<AccountSource.Request> requests =
            new ArrayBlockingQueue<>(MOST_REQUESTS);
    private final BlockingQueue<AccountSource.Result> results =
            new ArrayBlockingQueue<>(MOST_REQUESTS);
    private final HostCounters counters;
    private final Thread thread;

    /** Spares the owner thread a lock per lookup. */
    private volatile boolean unread;

    AccountReader(HostCounters counters) {
        this.counters = counters;
        thread = Thread.ofPlatform().name("torimono-accounts").daemon().unstarted(this::run);
        thread.start();
    }

    /** Wishes a source read; false when too many wait. Never blocks. */
    boolean request(AccountSource.Request request) {
        if (requests.offer(request)) {
            return true;
        }
        counters.increment(HostCounter.ACCOUNT_READS_DROPPED);
        return false;
    }

    AccountSource.@Nullable Result poll() {
        if (!unread) {
            return null;
        }
        AccountSource.Result result = results.poll();
        if (result == null) {
            unread = false;
            // One may have come between the look and the flag.
            result = results.poll();
            unread = result != null;
        }
        return result;
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                AccountSource.Request request = requests.take();
                AccountBook before = request.source().book();
                if (!request.valid().getAsBoolean()) {
                    continue;
                }
                AccountBook book = read(request.source(), request.root());
                // Whoever waits is told of a root without accounts, too, or would ask again.
                if (book.equals(before) && request.source().told()) {
                    continue;
                }
                if (request.valid().getAsBoolean()) {
                    request.source().tell();
                    results.put(new AccountSource.Result(request.source().key(), book));
                    unread = true;
                } else {
                    request.source().forget();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Brings the source up to date; files that did not change are not read again. */
    AccountBook read(AccountSource source, Path root) {
        RootedFile.Content passwd = content(root, "etc/passwd", source.passwd());
        if (passwd != null && !passwd.stamp().equals(source.passwd())) {
            source.passwd(
                    passwd.stamp(), source.book().withUsers(AccountFile.users(passwd.text())));
        }
        RootedFile.Content group = content(root, "etc/group", source.group());
        if (group != null && !group.stamp().equals(source.group())) {
            source.group(group.stamp(), source.book().withGroups(AccountFile.groups(group.text())));
        }
        return source.book();
    }

    private RootedFile.@Nullable Content content(Path root, String path, RootedFile.Stamp known) {
        try {
            RootedFile.Content content = RootedFile.read(root, path, MOST_BYTES, known);
            if (!content.stamp().equals(known)) {
                counters.increment(HostCounter.ACCOUNTS_READ);
            }
            return content;
        } catch (NoSuchFileException none) {
            // An image without accounts, or a container that just ended.
            return null;
        } catch (IOException e) {
            counters.increment(HostCounter.ACCOUNTS_REFUSED);
            return null;
        }
    }
}
