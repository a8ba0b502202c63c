// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.host.HostCounter;
import dev.torimono.host.HostCounters;
import dev.torimono.model.Container;
import dev.torimono.model.User;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountTableTest {
    private static final String ID = "0123456789abcdef".repeat(4);
    private static final Container CONTAINER = Container.pending(ID, "docker");

    @TempDir Path folder;
    private final HostCounters counters = new HostCounters();
    private Path proc;
    private Path inner;
    private AccountTable accounts;

    @BeforeEach
    void start() throws IOException {
        write(
                folder.resolve("host/etc/passwd"),
                "root:x:0:0::/root:/bin/bash\nana:x:1000:5::/a:/z\n");
        write(folder.resolve("host/etc/group"), "tty:x:5:\n");
        proc = folder.resolve("proc");
        write(proc.resolve("42/cgroup"), "0::/docker/" + ID + "\n");
        inner = proc.resolve("42/root/etc/passwd");
        write(inner, "bob:x:1000:1000::/b:/bin/sh\n");
        write(proc.resolve("42/root/etc/group"), "staff:x:5:\n");
        accounts = new AccountTable(proc, folder.resolve("host"), container -> 42, counters);
    }

    @AfterEach
    void stop() {
        accounts.close();
    }

    @Test
    void hostKnowsItsUsersAtOnce() {
        assertThat(name(null, 1000)).isEqualTo("ana");
        assertThat(Objects.requireNonNull(accounts.group(null, 5)).name()).hasToString("tty");
        assertThat(name(null, 77)).isNull();
    }

    @Test
    void containerHasUsersOfItsOwn() throws Exception {
        await(() -> "bob".equals(name(CONTAINER, 1000)));
        assertThat(Objects.requireNonNull(accounts.group(CONTAINER, 5)).name())
                .hasToString("staff");
        assertThat(name(null, 1000)).isEqualTo("ana");
    }

    @Test
    void rootOfTheHostIsNotTakenForTheContainers() throws Exception {
        Path real = proc.resolve("42/inner");
        Files.move(proc.resolve("42/root"), real);
        Files.createSymbolicLink(proc.resolve("42/root"), folder.resolve("host"));
        accounts.prefetch(CONTAINER);
        for (long now = 1; now < 10; now++) {
            Thread.sleep(5);
            accounts.tick(now * 1_000_000_000L);
            assertThat(name(CONTAINER, 1000)).isNull();
        }

        Files.delete(proc.resolve("42/root"));
        Files.move(real, proc.resolve("42/root"));
        accounts.tick(20_000_000_000L);
        await(() -> "bob".equals(name(CONTAINER, 1000)));
    }

    @Test
    void rootIsRootBeforeAnythingWasRead() {
        assertThat(name(CONTAINER, 0)).isEqualTo("root");
        assertThat(Objects.requireNonNull(accounts.group(CONTAINER, 0)).name()).hasToString("root");
    }

    @Test
    void changedFileIsReadAgainAfterAFewSeconds() throws Exception {
        await(() -> "bob".equals(name(CONTAINER, 1000)));
        write(inner, "eve:x:1000:1000::/e:/bin/sh\n");
        Files.setLastModifiedTime(inner, FileTime.fromMillis(1));
        assertThat(name(CONTAINER, 1000)).isEqualTo("bob");
        accounts.tick(6_000_000_000L);
        await(() -> "eve".equals(name(CONTAINER, 1000)));
    }

    @Test
    void unchangedFileIsReadOnce() throws Exception {
        await(() -> "bob".equals(name(CONTAINER, 1000)));
        long read = counters.get(HostCounter.ACCOUNTS_READ);
        for (int i = 1; i < 20; i++) {
            accounts.tick(i * 6_000_000_000L);
            assertThat(name(CONTAINER, 1000)).isEqualTo("bob");
        }
        Thread.sleep(100);
        assertThat(counters.get(HostCounter.ACCOUNTS_READ)).isEqualTo(read);
    }

    /** Images made of one program have none: that is an answer, and nobody asks again. */
    @Test
    void rootWithoutAccountsIsReadOnce() throws Exception {
        Files.delete(inner);
        Files.delete(proc.resolve("42/root/etc/group"));
        accounts.prefetch(CONTAINER);
        await(() -> accounts.awaited() == 0);
        assertThat(name(CONTAINER, 1000)).isNull();
    }

    @Test
    void processThatLeftTheContainerIsNotRead() throws Exception {
        write(proc.resolve("42/cgroup"), "0::/user.slice\n");
        name(CONTAINER, 1000);
        Thread.sleep(100);
        assertThat(name(CONTAINER, 1000)).isNull();
    }

    @Test
    void refusedFilesAreCounted() throws Exception {
        Files.delete(inner);
        Files.createDirectories(inner);
        name(CONTAINER, 1000);
        await(() -> counters.get(HostCounter.ACCOUNTS_REFUSED) > 0);
        assertThat(name(CONTAINER, 1000)).isNull();
    }

    private @Nullable String name(@Nullable Container container, long uid) {
        User user = accounts.user(container, uid);
        return user == null ? null : user.name().toString();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 12_000; i++) {
            if (condition.getAsBoolean()) {
                return;
            }
            Thread.sleep(5);
        }
        throw new AssertionError("waited in vain");
    }

    private static void write(Path file, String content) throws IOException {
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, content);
    }
}
