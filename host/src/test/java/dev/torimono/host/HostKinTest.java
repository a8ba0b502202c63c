// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.host.procfs.StartTime;
import dev.torimono.model.Event;
import dev.torimono.model.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that were forked unseen: whose program they run, and when /proc is asked for it. */
class HostKinTest {
    private static final long BOOT = 1_600_000_000_000_000_000L;
    private static final long STACK = 4711;

    @TempDir private Path root;
    private final Records records = new Records();
    private ProcFixture proc;
    private Host host;

    @BeforeEach
    void start() throws IOException {
        proc = new ProcFixture(root);
        proc.process(1, 0, "init", 1, "/made/up/init");
        proc.layOut(1, 1);
        proc.process(300, 1, "httpd", 500, "/made/up/httpd", "-f");
        proc.layOut(300, STACK);
        host = new Host(HostConfig.at(root, root, BOOT));
        host.snapshot();
    }

    @AfterEach
    void stop() {
        host.close();
    }

    /** Told by its first call; in /proc its command is another, so that it shows who was asked. */
    private Task firstCall(long pid, long parent, long startTicks, long stack) throws IOException {
        proc.process(pid, parent, "httpd", startTicks, "/made/up/httpd", "its", "own");
        proc.layOut(pid, stack);
        return firstCall(pid, startTicks);
    }

    private Task firstCall(long pid, long startTicks) {
        Event open = records.open(pid, pid, StartTime.ofTicks(startTicks), "/tmp/x");
        return Objects.requireNonNull(host.observe(open).task());
    }

    private Task server() {
        return Objects.requireNonNull(host.task(300));
    }

    @Test
    void forkRunsItsParentsProgram() throws IOException {
        Task child = firstCall(310, 300, 700, STACK);
        assertThat(child.image()).isSameAs(server().image());
        assertThat(child.parent()).isSameAs(server());
        assertThat(child.credentials().gid()).isEqualTo(5);
        assertThat(child.mountNamespace()).isEqualTo(server().mountNamespace());
        assertThat(child.cwd()).hasToString("/made/up/srv");
        assertThat(child.threads()).isEqualTo(1);
    }

    @Test
    void furtherForksAreTakenInWithoutAskingTheirParentAgain() throws IOException {
        firstCall(310, 300, 700, STACK);
        Files.delete(root.resolve("300").resolve("stat"));
        assertThat(firstCall(311, 300, 701, STACK).image()).isSameAs(server().image());
    }

    @Test
    void whoseMemoryIsLaidOutOtherwiseExecutedSomethingUnseen() throws IOException {
        assertThat(firstCall(310, 300, 700, STACK + 16).image().args()).hasSize(2);
    }

    @Test
    void whoWasTakenInByAnotherIsNotTakenForItsFork() throws IOException {
        assertThat(firstCall(310, 1, 700, STACK).image().args()).hasSize(2);
    }

    @Test
    void whoWasBornAboutWhenItsParentExecutedSomethingIsAskedItself() throws IOException {
        assertThat(firstCall(310, 300, 501, STACK).image().args()).hasSize(2);
    }

    @Test
    void whoHasHisMemoryToldLikeAnothersIsKnownByHisFile() throws IOException {
        proc.process(310, 1, "init", 700, "/made/up/evil");
        proc.layOut(310, 1);
        assertThat(firstCall(310, 700).image().path()).hasToString("/made/up/evil");
    }

    @Test
    void whatMustNotBeSeenProvesNothing() throws IOException {
        proc.process(400, 1, "hidden", 500, "/made/up/hidden");
        host.snapshot();
        proc.process(410, 400, "hidden", 700, "/made/up/hidden", "its", "own");
        assertThat(firstCall(410, 700).image().args()).hasSize(2);
    }
}
