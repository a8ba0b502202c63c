// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.torimono.model.ProcessKiller;
import dev.torimono.model.ProcessKiller.Gone;
import dev.torimono.model.ProcessKiller.Grip;
import dev.torimono.model.ProcessKiller.Held;
import dev.torimono.model.ProcessKiller.Hold;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PidFdKillerTest {
    private static final int SIGKILL_STATUS = 128 + 9;
    private static final int WINDOW = 40;

    private final PidFdKiller killer = new PidFdKiller();

    @Test
    void endsTheProcessThatStartedThen() throws Exception {
        try (RealProcess sleep = RealProcess.start("sleep", "300")) {
            Grip grip = killer.grip(sleep.pid(), sleep.startNs());

            assertThat(grip).isInstanceOf(Held.class);
            try (Hold hold = ((Held) grip).hold()) {
                assertThat(hold.awaitDeath(20)).isFalse();
                assertThat(hold.signal(ProcessKiller.SIGKILL)).isEmpty();
                assertThat(hold.awaitDeath(1000)).isTrue();
            }
            assertThat(sleep.await()).isEqualTo(SIGKILL_STATUS);
        }
    }

    @Test
    void startWithinTheTickIsTheSame() throws Exception {
        try (RealProcess sleep = RealProcess.start("sleep", "300")) {
            Grip grip = killer.grip(sleep.pid(), sleep.startNs() + 9_999_999);

            assertThat(grip).isInstanceOf(Held.class);
            ((Held) grip).hold().close();
        }
    }

    @Test
    void processOfAnotherStartIsLeftAlone() throws Exception {
        try (RealProcess sleep = RealProcess.start("sleep", "300")) {
            Grip grip = killer.grip(sleep.pid(), sleep.startNs() - 10_000_000);

            assertThat(grip)
                    .isEqualTo(new Gone("it had ended by itself; another process has its id now"));
            assertThat(sleep.alive()).isTrue();
        }
    }

    @Test
    void processThatEndedIsGone() throws Exception {
        RealProcess sleep = RealProcess.start("sleep", "300");
        long startNs = sleep.startNs();
        sleep.close();
        sleep.await();

        assertThat(killer.grip(sleep.pid(), startNs)).isEqualTo(new Gone("it had ended by itself"));
    }

    @Test
    void holdOutlivesItsProcess() throws Exception {
        try (RealProcess sleep = RealProcess.start("sleep", "300");
                Hold hold = ((Held) killer.grip(sleep.pid(), sleep.startNs())).hold()) {
            sleep.process().destroyForcibly();
            sleep.await();

            assertThat(hold.signal(ProcessKiller.SIGKILL)).isEmpty();
            assertThat(hold.awaitDeath(0)).isTrue();
        }
    }

    /**
     * The attack: ids are handed out again and again while kills for their former owners arrive.
     * Children come as fast as a shell can fork them, out of a window of {@link #WINDOW} ids; every
     * one that dies by our signal is a wrong one. The window starts over after more than a clock
     * tick, as it does in nature, where every other id has its turn first: within one tick a start
     * time cannot tell two owners apart.
     */
    @Test
    void idsThatAreReusedNeverMeanTheWrongProcess() throws Exception {
        Path lastPid = Path.of("/proc/sys/kernel/ns_last_pid");
        assumeTrue(Files.isWritable(lastPid), "only root can choose the next process id");
        int forks = Integer.getInteger("torimono.forks", 1_000);
        long base = 31_000; // Below the smallest pid_max of any kernel.
        String script =
                "n=0; killed=0; while [ $n -lt "
                        + forks
                        + " ]; do [ $((n % 20)) = 0 ] && sleep 0.02 && echo "
                        + base
                        + " > "
                        + lastPid
                        + "; ( : ) & wait $!; [ $? = 137 ] && killed=$((killed+1)); n=$((n+1));"
                        + " done; echo $killed";
        Map<Long, Long> former = new HashMap<>();
        int stale = 0;
        try (RealProcess forker = RealProcess.start("sh", "-c", script)) {
            while (forker.alive()) {
                for (long pid = base; pid < base + WINDOW; pid++) {
                    stale += attack(former, pid);
                }
            }
            forker.await();
            String killed =
                    new String(
                                    forker.process().getInputStream().readAllBytes(),
                                    StandardCharsets.UTF_8)
                            .strip();

            assertThat(killed).as("wrong processes killed in " + forks + " forks").isEqualTo("0");
            assertThat(stale).as("kills for former owners of an id in use").isPositive();
        }
    }

    /** Kills whoever had the id before its present owner; whether the id was in use. */
    private int attack(Map<Long, Long> former, long pid) {
        long now;
        try {
            now = RealProcess.startNs(pid);
        } catch (IOException | RuntimeException e) {
            now = 0; // Nobody has the id just now, or it ended while it was read.
        }
        Long before = former.get(pid);
        if (now != 0) {
            former.put(pid, now);
        }
        if (before == null || before == now) {
            return 0;
        }
        if (killer.grip(pid, before) instanceof Held(Hold hold)) {
            try (hold) {
                hold.signal(ProcessKiller.SIGKILL);
            }
        }
        return now == 0 ? 0 : 1;
    }
}
