// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.model.Container;
import dev.torimono.model.Enforcement.Refusal;
import dev.torimono.response.decision.Capabilities.Killing;
import dev.torimono.response.decision.Capabilities.Prevention;
import dev.torimono.response.testing.Containers;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the kernel may refuse by itself: what holds whatever else is true of an exec. */
class RefusalTest {
    private static final Container TEST = Containers.named("test");
    private static final String DRIFT = "type: drift\nactions: {prevent: true}\n";
    private final PolicyFixture fixture =
            new PolicyFixture(
                    new Capabilities(Prevention.LSM, Killing.KERNEL, true, true), List.of());

    private Refusal of(String body) {
        return fixture.one(body).watch(TEST).refusal();
    }

    private String means(String body) {
        return fixture.one(body).effective().getFirst().means();
    }

    @Test
    void driftWithoutExceptionsIsRefusedUnasked() {
        assertThat(of(DRIFT)).isEqualTo(new Refusal(true, Set.of()));
        assertThat(means(DRIFT))
                .isEqualTo("drift in the kernel (BPF LSM), the rest is held (fanotify)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "drift: {exceptions: [/opt/app]}",
                "drift: {allowed_parents: [/usr/bin/apt-get]}",
                "drift: {allowed_ancestors: [/usr/bin/apt-get]}",
                "drift: {binaries: false}",
                "exceptions: [{name: one, scope: 'container.name = other', reason: a good one, owner: me}]",
                "mode: monitor",
                "scope: container.name = other"
            })
    void whatHasToBeAskedAboutIsNot(String more) {
        assertThat(of(DRIFT + more)).isEqualTo(Refusal.NONE);
    }

    @Test
    void prohibitedPathsAreRefusedWhateverElseIsExcepted() {
        String listed =
                DRIFT + "drift: {exceptions: [/opt/], prohibited_binaries: [/bin/nc, /bin/wget]}";

        assertThat(of(listed)).isEqualTo(new Refusal(false, Set.of("/bin/nc", "/bin/wget")));
        assertThat(means(listed)).startsWith("prohibited binaries in the kernel (BPF LSM)");
    }

    @Test
    void foldersAndPatternsAreBeyondTheKernel() {
        assertThat(of(DRIFT + "drift: {prohibited_binaries: [/bin/nc, /opt/]}").paths()).isEmpty();
        assertThat(of(DRIFT + "drift: {regex: true, prohibited_binaries: ['/bin/n.*']}").paths())
                .isEmpty();
    }

    @Test
    void policyThatKillsRefusesNothing() {
        assertThat(of("type: drift\nactions: {kill_process: true}")).isEqualTo(Refusal.NONE);
    }

    @Test
    void conditionsOfRulesAreHeldAndSaidToBe() {
        String rules = "rules: [\"*\"]\nactions: {prevent: true}";

        assertThat(of(rules)).isEqualTo(Refusal.NONE);
        assertThat(means(rules))
                .isEqualTo(
                        "execs are held (fanotify): the kernel cannot judge conditions of rules");
    }

    @Test
    void nodeWithOneWaySaysNothingOfIt() {
        assertThat(new PolicyFixture().one(DRIFT).effective().getFirst().means()).isEmpty();
    }
}
