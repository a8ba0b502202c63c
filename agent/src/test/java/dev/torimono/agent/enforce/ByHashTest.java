// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.enforce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.agent.enforce.HeldHashes.Hash;
import dev.torimono.model.Container;
import dev.torimono.model.Enforcement.Answer;
import dev.torimono.model.Enforcement.Refusal;
import dev.torimono.model.Enforcement.Standing;
import dev.torimono.model.Finding;
import dev.torimono.model.HeldExec;
import dev.torimono.model.Observation;
import dev.torimono.model.Priority;
import dev.torimono.response.Responder;
import dev.torimono.response.action.KillSwitch;
import dev.torimono.response.decision.PolicySet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of held programs where a policy refuses known malware. */
class ByHashTest {
    private static final String BAD = "cd".repeat(32);
    private static final String POLICY =
            """
            policies:
              - name: Known
                type: malware
                scope: container.name = test
                malware: {hashes: [%s], ignore_paths: [/opt/ok/]}
                actions: {prevent: true}
            """
                    .formatted(BAD);

    private final List<String> told = new ArrayList<>();
    private final Responder responder = Responders.ofTheGone(new KillSwitch());

    @AfterEach
    void close() {
        responder.close();
    }

    /** A judge in a container, that knows the same of every file. */
    private Enforcer enforcer(Container container, Hash hash) {
        Enforcer enforcer =
                new Enforcer(
                        Sets.of(POLICY),
                        new FakeArm(),
                        responder,
                        (alert, _, _, outcome) ->
                                told.add(alert.finding().rule() + " " + (outcome != null)));
        enforcer.hash(
                new HeldHashes() {
                    @Override
                    public Hash of(HeldExec exec) {
                        return hash;
                    }

                    @Override
                    public Finding finding(Observation foreseen, String sha256) {
                        return new Finding(
                                PolicySet.MALWARE_RULE,
                                Priority.CRITICAL,
                                "syscall",
                                List.of(),
                                1,
                                1,
                                sha256,
                                Map.of());
                    }
                });
        enforcer.sit(new FakeBench(container), _ -> true, _ -> Refusal.NONE);
        return enforcer;
    }

    private Enforcer enforcer(Hash hash) {
        return enforcer(Sets.named("test"), hash);
    }

    @Test
    void knownMalwareIsRefusedToldAndTheCallerReadsWhy() {
        Enforcer enforcer = enforcer(new Hash(BAD, false));
        FakeExec exec = FakeExec.ofImage("/bin/x");
        Answer answer = enforcer.judge(exec);
        assertThat(answer).isEqualTo(Answer.REFUSE);
        enforcer.answered(exec, answer, true);
        assertThat(told).containsExactly("Known malware executed true");
        assertThat(exec.callerRead.getFirst()).contains("'/bin/x'").contains("\"Known\"");
        assertThat(enforcer.standing(exec)).isEqualTo(Standing.NO);
    }

    @Test
    void programThatIsBeingHashedWaits() {
        assertThat(enforcer(Hash.SOON).judge(FakeExec.ofImage("/bin/x"))).isEqualTo(Answer.WAIT);
    }

    @Test
    void programThatCannotBeHashedPassesAndDoesNotStand() {
        Enforcer enforcer = enforcer(Hash.UNKNOWN);
        assertThat(enforcer.judge(FakeExec.ofImage("/bin/x"))).isEqualTo(Answer.PASS);
        assertThat(enforcer.standing(FakeExec.ofImage("/bin/x"))).isEqualTo(Standing.NO);
    }

    @Test
    void programThatIsNobodysMalwareStands() {
        Enforcer enforcer = enforcer(new Hash("ee".repeat(32), false));
        assertThat(enforcer.judge(FakeExec.ofImage("/bin/x"))).isEqualTo(Answer.PASS);
        assertThat(enforcer.standing(FakeExec.ofImage("/bin/x"))).isEqualTo(Standing.ANY_NAME);
    }

    @Test
    void ignoredPathAndOtherContainersPass() {
        assertThat(enforcer(new Hash(BAD, false)).judge(FakeExec.ofImage("/opt/ok/x")))
                .isEqualTo(Answer.PASS);
        Enforcer elsewhere = enforcer(Sets.named("other"), new Hash(BAD, false));
        assertThat(elsewhere.judge(FakeExec.ofImage("/bin/x"))).isEqualTo(Answer.PASS);
    }
}
