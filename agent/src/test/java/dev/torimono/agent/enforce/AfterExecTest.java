// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.enforce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.model.Accounts;
import dev.torimono.model.Container;
import dev.torimono.model.EventBuilder;
import dev.torimono.model.EventType;
import dev.torimono.model.Extension;
import dev.torimono.model.FdTable;
import dev.torimono.model.Finding;
import dev.torimono.model.Observation;
import dev.torimono.model.Priority;
import dev.torimono.model.Task;
import dev.torimono.response.Responder;
import dev.torimono.response.action.KillSwitch;
import dev.torimono.response.decision.PolicySet;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AfterExecTest {
    private static final long LATER_NS = 1_000_000_000;

    private final FakeArm arm = new FakeArm();
    private final Responder responder = Responders.ofTheGone(new KillSwitch());
    private boolean undecided;
    private boolean acts;
    private boolean armed;
    private final AfterExec after =
            new AfterExec(
                    arm,
                    responder,
                    new AfterExec.Scopes() {
                        @Override
                        public boolean undecided(Container container) {
                            return undecided && container.pending();
                        }

                        @Override
                        public boolean acts(Container container) {
                            return acts;
                        }

                        @Override
                        public boolean armed(Container container) {
                            return armed;
                        }
                    });

    @AfterEach
    void close() {
        responder.close();
    }

    private static Observation exec(Container container, long result, int flags) {
        ByteBuffer context =
                ByteBuffer.allocate(Extension.CONTEXT_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        context.putInt(4711).putInt(flags).putLong(5);
        Task task = new Task(4711, 4711).startNs(5);
        task.container(container);
        return new Observation(Accounts.NONE, FdTable.NONE)
                .set(
                        new EventBuilder(EventType.symbol("SYSCALL_EXECVE_19_X"), 1, 4711)
                                .number("res", result)
                                .extension(Extension.CONTEXT, context.array())
                                .event(),
                        task,
                        null);
    }

    private void stopped(Container container) {
        Observation exec = exec(container, 0, Extension.CONTEXT_HELD);
        assertThat(after.begin(exec)).isTrue();
        after.end(exec);
    }

    @Test
    void stoppedExecOfAnArmedContainerGoesOnWhenNothingWasDecided() {
        acts = true;
        armed = true;
        stopped(Sets.named("test"));

        assertThat(arm.settled).containsExactly("4711 goes on");
    }

    @Test
    void stoppedExecOfAContainerThatNobodyCoversGoesOnAtOnce() {
        stopped(Sets.named("other"));

        assertThat(arm.settled).containsExactly("4711 goes on");
    }

    @Test
    void firstProcessWaitsUntilItsContainerIsArmed() {
        acts = true;
        stopped(Sets.named("test"));
        assertThat(arm.settled).isEmpty();
        assertThat(arm.awaited).containsExactly(4711L);

        after.tick(container -> container, LATER_NS);
        assertThat(arm.settled).isEmpty();

        after.tick(container -> container, LATER_NS + 1);
        assertThat(arm.settled).isEmpty();

        armed = true;
        after.tick(container -> container, LATER_NS + 2);
        assertThat(arm.settled).containsExactly("4711 goes on");
    }

    @Test
    void containerThatCannotBeArmedKeepsNobodyForLong() {
        acts = true;
        stopped(Sets.named("test"));
        after.tick(container -> container, LATER_NS);
        after.tick(container -> container, 3 * LATER_NS);

        assertThat(arm.settled).containsExactly("4711 goes on");
    }

    @Test
    void execWaitsForTheDescriptionAndThenForWhatFollows() {
        undecided = true;
        acts = true;
        armed = true;
        stopped(Sets.pending());
        after.tick(container -> container, LATER_NS);
        assertThat(arm.settled).isEmpty();

        after.tick(_ -> Sets.named("test"), 2 * LATER_NS);
        assertThat(arm.settled).as("what was left open is being decided").isEmpty();

        after.tick(_ -> Sets.named("test"), 3 * LATER_NS);
        assertThat(arm.settled).containsExactly("4711 goes on");
    }

    @Test
    void whatWasLeftOpenEndsItOnceItsContainerIsDescribed() {
        undecided = true;
        acts = true;
        armed = true;
        PolicySet shells = Sets.of(Sets.SHELLS);
        Observation exec = exec(Sets.pending(), 0, Extension.CONTEXT_HELD);
        Finding finding =
                new Finding("Shell", Priority.NOTICE, "syscall", List.of(), 1, 1, "m", Map.of());
        after.begin(exec);
        after.decided(shells.decide(finding, exec), exec);
        after.end(exec);
        assertThat(arm.settled).isEmpty();

        after.tick(_ -> Sets.named("test"), LATER_NS);
        assertThat(arm.settled).containsExactly("4711 killed");
    }

    @Test
    void descriptionThatNoPolicyCoversLetsGoAtOnce() {
        undecided = true;
        stopped(Sets.pending());
        after.tick(_ -> Sets.named("other"), LATER_NS);

        assertThat(arm.settled).containsExactly("4711 goes on");
    }

    @Test
    void execThatIsToEndAndThatNobodyHeldIsToldWithTheReason() {
        List<String> unheld = new ArrayList<>();
        after.onUnheld(unheld::add);
        Finding finding =
                new Finding("Shell", Priority.NOTICE, "syscall", List.of(), 1, 1, "m", Map.of());
        Observation exec = exec(Sets.named("test"), 0, 0);
        after.begin(exec);
        after.decided(Sets.of(Sets.SHELLS).decide(finding, exec), exec);
        armed = true;
        after.decided(Sets.of(Sets.SHELLS).decide(finding, exec), exec);

        assertThat(unheld).hasSize(2);
        assertThat(unheld.getFirst()).endsWith("its container was not armed yet");
        assertThat(unheld.getLast()).endsWith("it was neither held nor stopped");
    }

    @Test
    void failureOfARefusedExecIsToldOnce() {
        after.refused(4711);

        assertThat(after.begin(exec(Sets.named("test"), -1, 0))).isFalse();
        assertThat(after.begin(exec(Sets.named("test"), -1, 0))).isTrue();
    }

    @Test
    void whoPassedToDieIsToldWhenNoFindingTellsIt() {
        int[] told = {0};
        after.doomed(4711, () -> told[0]++);
        Observation exec = exec(Sets.named("test"), 0, Extension.CONTEXT_KILLED);
        after.begin(exec);
        after.end(exec);
        after.begin(exec);
        after.end(exec);

        assertThat(told[0]).isOne();
        assertThat(arm.settled).isEmpty();
    }
}
