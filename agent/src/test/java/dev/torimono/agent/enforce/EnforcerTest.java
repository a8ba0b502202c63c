// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.enforce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.model.Alert;
import dev.torimono.model.Container;
import dev.torimono.model.Enforcement.Answer;
import dev.torimono.model.Enforcement.Refusal;
import dev.torimono.model.Enforcement.Standing;
import dev.torimono.model.Fd;
import dev.torimono.response.Responder;
import dev.torimono.response.action.KillSwitch;
import dev.torimono.response.action.Outcome;
import dev.torimono.response.action.Target;
import dev.torimono.response.decision.Decision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnforcerTest {
    private static final Container COVERED = Sets.named("test");
    private static final String KILLS = Sets.SHELLS.replace("prevent", "kill_process");
    private static final String PROHIBITS =
            Sets.DRIFT + "    drift: {prohibited_binaries: [/bin/nc]}\n";
    private static final String NO_SCRIPTS = Sets.DRIFT + "    drift: {scripts: false}\n";

    private final FakeArm arm = new FakeArm();
    private Refusal inKernel = Refusal.NONE;
    private final List<String> told = new ArrayList<>();
    private @Nullable Responder responder;

    @AfterEach
    void close() {
        if (responder != null) {
            responder.close();
        }
    }

    private Enforcer enforcer(String policies, FakeBench bench) {
        return enforcer(policies, bench, new KillSwitch());
    }

    private Enforcer enforcer(String policies, FakeBench bench, KillSwitch killSwitch) {
        responder = Responders.ofTheGone(killSwitch);
        Enforcer enforcer = new Enforcer(Sets.of(policies), arm, responder, this::tell);
        enforcer.sit(bench, _ -> true, _ -> inKernel);
        return enforcer;
    }

    private void tell(Alert alert, Decision decision, Target target, @Nullable Outcome outcome) {
        told.add(
                alert.finding().rule()
                        + (decision.actions().isEmpty() ? "" : " acts")
                        + (outcome == null
                                ? ""
                                : " " + outcome.status().name().toLowerCase(Locale.ROOT)));
    }

    @Test
    void hostIsNeverRefusedAnything() {
        Enforcer enforcer = enforcer(Sets.DRIFT, new FakeBench(null));

        assertThat(enforcer.judge(FakeExec.added("/x"))).isEqualTo(Answer.PASS);
        assertThat(enforcer.container()).isEmpty();
    }

    @Test
    void containerThatNobodyCoversIsLeftAlone() {
        FakeBench bench = new FakeBench(Sets.named("other")).finding("Shell");

        assertThat(enforcer(Sets.DRIFT, bench).judge(FakeExec.added("/x"))).isEqualTo(Answer.PASS);
        assertThat(bench.matched).isZero();
    }

    @Test
    void execWaitsWhileItsContainerIsNotDescribed() {
        assertThat(enforcer(Sets.DRIFT, new FakeBench(Sets.pending())).judge(FakeExec.added("/x")))
                .isEqualTo(Answer.WAIT);
    }

    @Test
    void driftedProgramIsRefusedTheCallerReadsWhyAndItIsToldOnce() {
        Enforcer enforcer = enforcer(Sets.DRIFT, new FakeBench(COVERED));
        FakeExec exec = FakeExec.added("/x");

        Answer answer = enforcer.judge(exec);
        assertThat(answer).isEqualTo(Answer.REFUSE);
        assertThat(told).as("not before it is answered").isEmpty();
        enforcer.answered(exec, answer, true);

        assertThat(exec.callerRead)
                .containsExactly(
                        "Torimono Drift Control: execution of drifted binary '/x' by process"
                                + " '/bin/bash' was blocked");
        assertThat(told).containsExactly("Container drift acts done");
    }

    @Test
    void whatWasAnsweredTooLateIsToldByItsEvent() {
        Enforcer enforcer = enforcer(Sets.DRIFT, new FakeBench(COVERED));
        FakeExec exec = FakeExec.added("/x");
        enforcer.answered(exec, enforcer.judge(exec), false);

        assertThat(told).isEmpty();
    }

    @Test
    void whatTheKernelRefusedIsToldAndItsCallerReadsWhy() {
        Enforcer enforcer = enforcer(Sets.DRIFT, new FakeBench(COVERED));
        enforcer.happened().refusedInKernel(Refused.of("/x", Fd.UPPER_LAYER, COVERED), COVERED);

        assertThat(told).containsExactly("Container drift acts done");
        assertThat(arm.read)
                .containsExactly(
                        FakeExec.PID
                                + ": Torimono Drift Control: execution of drifted binary '/x' by"
                                + " process '/bin/bash' was blocked");
        assertThat(enforcer.happened().unexplained()).isZero();
    }

    @Test
    void callerOfWhatTheKernelRefusedIsNeverKilled() {
        String kills = Sets.DRIFT.replace("prevent", "kill_process");
        Enforcer enforcer = enforcer(kills, new FakeBench(COVERED));
        enforcer.happened().refusedInKernel(Refused.of("/x", Fd.UPPER_LAYER, COVERED), COVERED);

        assertThat(told).containsExactly("Container drift");
    }

    @Test
    void whatTheKernelRefusedForPoliciesThatAreGoneIsCounted() {
        Enforcer enforcer = enforcer(Sets.SHELLS, new FakeBench(COVERED));
        enforcer.happened().refusedInKernel(Refused.of("/x", Fd.UPPER_LAYER, COVERED), COVERED);
        enforcer.happened().refusedInKernel(Refused.of("/x", Fd.UPPER_LAYER, null), null);

        assertThat(told).isEmpty();
        assertThat(enforcer.happened().unexplained()).isEqualTo(2);
    }

    @Test
    void programsStandThoughOthersAreProhibitedWhereTheKernelKnowsThem() {
        Enforcer enforcer = enforcer(PROHIBITS, new FakeBench(COVERED));
        FakeExec exec = FakeExec.ofImage("/bin/ls").linked();
        assertThat(enforcer.judge(exec)).isEqualTo(Answer.PASS);
        assertThat(enforcer.standing(exec)).isEqualTo(Standing.NO);

        inKernel = new Refusal(true, Set.of("/bin/nc"));
        assertThat(enforcer.standing(exec)).isEqualTo(Standing.ANY_NAME);
    }

    @Test
    void driftThatOnlyDetectsHoldsNobody() {
        String detects = Sets.DRIFT.replace("actions: {prevent: true}", "actions: {}");

        assertThat(enforcer(detects, new FakeBench(COVERED)).judge(FakeExec.added("/x")))
                .isEqualTo(Answer.PASS);
    }

    @Test
    void programOfTheImageThatARuleFindsIsRefused() {
        Enforcer enforcer = enforcer(Sets.SHELLS, new FakeBench(COVERED).finding("Shell"));
        FakeExec exec = FakeExec.ofImage("/bin/sh");

        Answer answer = enforcer.judge(exec);
        enforcer.answered(exec, answer, true);

        assertThat(answer).isEqualTo(Answer.REFUSE);
        assertThat(exec.callerRead.getFirst()).contains("was blocked by policy \"Shells\"");
        assertThat(told).containsExactly("Shell acts done");
    }

    @Test
    void whatARuleFindsAndNoPolicyActsOnPassesAndIsNotToldTwice() {
        Enforcer enforcer = enforcer(Sets.SHELLS, new FakeBench(COVERED).finding("Another"));

        assertThat(enforcer.judge(FakeExec.ofImage("/bin/ls"))).isEqualTo(Answer.PASS);
        assertThat(told).isEmpty();
    }

    @Test
    void everyFindingOfARefusedExecIsToldButOnlyTheOneThatActsHasAnOutcome() {
        FakeBench bench = new FakeBench(COVERED).finding("Another").finding("Shell");
        Enforcer enforcer = enforcer(Sets.SHELLS, bench);
        FakeExec exec = FakeExec.ofImage("/bin/sh");
        enforcer.answered(exec, enforcer.judge(exec), true);

        assertThat(told).containsExactly("Another", "Shell acts done");
    }

    @Test
    void ruleIsNotAskedAboutAScriptsFileNorAboutTheLoaderOfAProgram() {
        FakeBench bench = new FakeBench(COVERED).finding("Shell");
        Enforcer enforcer = enforcer(Sets.SHELLS, bench);

        assertThat(enforcer.judge(FakeExec.ofImage("/app/run.sh").asScript()))
                .isEqualTo(Answer.PASS);
        assertThat(enforcer.judge(FakeExec.ofImage("/lib/ld-linux.so.2").following()))
                .isEqualTo(Answer.PASS);
        assertThat(bench.matched).isZero();
        assertThat(enforcer.judge(FakeExec.ofImage("/lib/ld-linux.so.2"))).isEqualTo(Answer.REFUSE);
    }

    @Test
    void killPolicyLetsTheExecPassToDieAndTellsItWithItsEvent() {
        Enforcer enforcer = enforcer(KILLS, new FakeBench(COVERED).finding("Shell"));
        FakeExec exec = FakeExec.ofImage("/bin/sh");

        Answer answer = enforcer.judge(exec);
        enforcer.answered(exec, answer, true);

        assertThat(answer).isEqualTo(Answer.KILL);
        assertThat(told).isEmpty();
        assertThat(exec.callerRead).isEmpty();
    }

    @Test
    void killSwitchLetsEverythingPass(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("kill-switch");
        Files.writeString(file, "maintenance");
        KillSwitch killSwitch = new KillSwitch(file);
        FakeExec exec = FakeExec.added("/x");

        assertThat(enforcer(Sets.DRIFT, new FakeBench(COVERED), killSwitch).judge(exec))
                .isEqualTo(Answer.PASS);
        assertThat(exec.callerRead).isEmpty();
    }

    @Test
    void otherPoliciesHoldFromTheNextExecOnAndVoidWhatStood() {
        Enforcer enforcer = enforcer(Sets.SHELLS, new FakeBench(COVERED));
        int before = arm.renewed;
        assertThat(enforcer.judge(FakeExec.added("/x"))).isEqualTo(Answer.PASS);
        enforcer.use(Sets.of(Sets.DRIFT));

        assertThat(arm.renewed).isEqualTo(before + 1);
        assertThat(enforcer.judge(FakeExec.added("/x"))).isEqualTo(Answer.REFUSE);
    }

    /** What need not be held again, by policy, program and whether it follows another file. */
    @ParameterizedTest
    @CsvSource({
        "drift,      /bin/ls,             false, ANY_NAME",
        "drift,      /bin/dash,           false, NO",
        "no scripts, /bin/dash,           false, ANY_NAME",
        "shells,     /bin/ls,             false, UNLESS_NAMED",
        "shells,     /bin/dash,           false, UNLESS_NAMED",
        "shells,     /bin/sh,             false, NO",
        "prohibits,  /bin/ls,             false, ANY_NAME",
        "prohibits,  /bin/nc,             false, NO",
        "drift,      /lib/ld-linux.so.2,  true,  LOADER",
        "drift,      /lib/ld-linux.so.2,  false, NO",
        "prohibits,  /lib/ld-linux.so.2,  true,  LOADER"
    })
    void programOfTheImageStandsWhereNobodyAsks(
            String policies, String path, boolean follows, Standing standing) {
        String yaml =
                switch (policies) {
                    case "drift" -> Sets.DRIFT;
                    case "no scripts" -> NO_SCRIPTS;
                    case "shells" -> Sets.SHELLS;
                    default -> PROHIBITS;
                };
        Enforcer enforcer = enforcer(yaml, new FakeBench(COVERED));
        FakeExec exec = FakeExec.ofImage(path);
        if (follows) {
            exec.following();
        }
        enforcer.judge(exec);

        assertThat(enforcer.standing(exec)).isEqualTo(standing);
    }

    @Test
    void nothingElseStands() {
        Enforcer enforcer = enforcer(Sets.DRIFT, new FakeBench(COVERED));
        FakeExec volume = new FakeExec(FakeExec.file("/vol/x", FakeExec.EXT4, 0));
        FakeExec changed = FakeExec.added("/bin/ls");
        FakeExec script = FakeExec.ofImage("/app/run").asScript();
        FakeExec deleted =
                new FakeExec(
                        FakeExec.file("/bin/ls", FakeExec.OVERLAYFS, Fd.LOWER_LAYER | Fd.DELETED));
        for (FakeExec exec : List.of(volume, changed, script, deleted)) {
            enforcer.judge(exec);
            assertThat(enforcer.standing(exec)).as(exec.file().toString()).isEqualTo(Standing.NO);
        }
    }
}
