// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.enforce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.agent.Logs;
import dev.torimono.agent.Until;
import dev.torimono.model.Alert;
import dev.torimono.model.Container;
import dev.torimono.model.Enforcement.Armed;
import dev.torimono.model.Event;
import dev.torimono.model.Finding;
import dev.torimono.model.Observation;
import dev.torimono.model.Text;
import dev.torimono.response.decision.PolicySet;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ArmingTest {
    private static final String DETECT = Sets.DRIFT.replace("actions: {prevent: true}", "");

    private final FakeArm arm = new FakeArm();
    private final Logs logs = new Logs();
    private final Arming arming = new Arming(arm, logs.log());
    private Container container = Sets.named("test");
    private long process = 4711;
    private int renewed;

    private final Bench bench =
            new Bench() {
                @Override
                public List<Container> containers() {
                    return List.of(container);
                }

                @Override
                public Container known(Container of) {
                    return container;
                }

                @Override
                public @Nullable Container containerAt(Text cgroup) {
                    return container;
                }

                @Override
                public long processIn(Container of) {
                    return process;
                }

                @Override
                public Observation foresee(Event exec) {
                    throw new AssertionError("nothing is held here");
                }

                @Override
                public void match(Observation observation, Consumer<Finding> found) {
                    throw new AssertionError("nothing is held here");
                }

                @Override
                public Alert alert(Finding finding, Observation observation) {
                    throw new AssertionError("nothing is held here");
                }
            };

    @AfterEach
    void close() {
        arming.close();
    }

    private void look(PolicySet policies) {
        arming.changed();
        arming.look(policies, bench, System.nanoTime(), () -> renewed++);
    }

    private void answer(int mounts) {
        answer(mounts, "overlay");
    }

    private void answer(int mounts, String storage) {
        arm.answers.put(container.fullId(), new Armed(container.fullId(), 1, mounts, storage, ""));
    }

    @Test
    void storageThatDoesNotTellTheImageFromTheRestIsWarnedOf() {
        answer(3, "btrfs");
        look(Sets.of(Sets.DRIFT));
        Until.so(() -> logs.text().contains("(test) armed"));

        assertThat(logs.text()).contains("warn").contains("its root is on btrfs");
    }

    @Test
    void coveredContainerIsArmedByTheProcessThatLivesInIt() {
        answer(3);
        look(Sets.of(Sets.DRIFT));
        Until.so(() -> arming.isArmed(container));

        assertThat(arm.expected).containsExactly(true);
        assertThat(arm.asked.getFirst().pid()).isEqualTo(4711);
        Until.so(() -> logs.text().contains("(test) armed"));
        assertThat(logs.text()).contains("its 3 mounts").contains("prevent, by Drift");
    }

    @Test
    void containerWithoutAViewOfFilesIsAskedAboutAgainUntilItHasOne() {
        answer(0);
        look(Sets.of(Sets.DRIFT));
        Until.so(() -> arm.asked.size() > 2);
        assertThat(arming.isArmed(container)).isTrue();
        assertThat(logs.text()).doesNotContain("armed");

        process = 4712;
        look(Sets.of(Sets.DRIFT));
        answer(3);
        Until.so(() -> logs.text().contains("(test) armed"));
        assertThat(arm.asked.getLast().pid()).isEqualTo(4712);
    }

    @Test
    void policyThatOnlyDetectsArmsNothing() {
        look(Sets.of(DETECT));

        assertThat(arm.expected).isEmpty();
        assertThat(arm.asked).isEmpty();
    }

    @Test
    void containerThatIsNotDescribedYetIsArmedUntilItsScopeIsKnown() {
        container = Sets.pending();
        answer(3);
        look(Sets.of(Sets.DRIFT));
        Until.so(() -> !arm.asked.isEmpty());

        container = Sets.named("other");
        look(Sets.of(Sets.DRIFT));
        Until.so(() -> !arm.disarmed.isEmpty());
        assertThat(logs.text()).doesNotContain("armed");
        assertThat(arming.isArmed(container)).isFalse();
    }

    @Test
    void otherPoliciesForAContainerMakeEverythingBeJudgedAgain() {
        answer(3);
        look(Sets.of(Sets.DRIFT));
        assertThat(renewed).isZero();
        look(Sets.of(Sets.DRIFT));
        assertThat(renewed).isZero();
        look(Sets.of(Sets.SHELLS));
        assertThat(renewed).isOne();
    }

    @Test
    void nobodyIsExpectedToBeHeldOnceNoPolicyActs() {
        answer(3);
        look(Sets.of(Sets.DRIFT));
        Until.so(() -> arming.isArmed(container));
        look(Sets.of(DETECT));
        Until.so(() -> !arm.disarmed.isEmpty());

        assertThat(arm.expected).containsExactly(true, false);
    }
}
