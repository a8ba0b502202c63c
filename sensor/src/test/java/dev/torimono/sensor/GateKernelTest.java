// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.model.Demand;
import dev.torimono.model.Enforcement;
import dev.torimono.model.Enforcement.Answer;
import dev.torimono.model.Enforcement.Standing;
import dev.torimono.model.Event;
import dev.torimono.model.Extension;
import dev.torimono.model.Fd;
import dev.torimono.model.HeldExec;
import dev.torimono.sensor.gate.Cell;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Holds real execs of a cell, and lets them pass, refuses or ends them. */
@KernelTest
class GateKernelTest {
    private KernelSensor sensor;
    private Cell cell;
    private final List<String> held = new ArrayList<>();
    private final List<String> stopped = new ArrayList<>();
    private Function<HeldExec, Answer> verdict = _ -> Answer.PASS;
    private Standing standing = Standing.NO;
    private boolean killStopped;

    @BeforeEach
    void arm() throws Exception {
        cell = new Cell();
        sensor = KernelSensor.open(SensorConfig.DEFAULT);
        sensor.subscribe(new Demand(new BitSet(), false));
        Enforcement gate = sensor.enforcement();
        gate.judge(
                new Enforcement.Judge() {
                    @Override
                    public Answer judge(HeldExec exec) {
                        held.add(exec.file().path() + " " + exec.arguments());
                        return verdict.apply(exec);
                    }

                    @Override
                    public String container() {
                        return cell.id();
                    }

                    @Override
                    public Standing standing(HeldExec exec) {
                        return exec.file().path().toString().equals("/bin/expr")
                                ? standing
                                : Standing.NO;
                    }
                });
        var armed =
                gate.arm(
                        new Enforcement.Arming(
                                cell.id(), cell.pid(), false, Enforcement.Refusal.NONE));
        assertThat(armed.trouble()).isEmpty();
        assertThat(armed.mounts()).isEqualTo(2);
    }

    @AfterEach
    void disarm() throws Exception {
        sensor.close();
        cell.close();
    }

    private String run(String script) throws Exception {
        return Cell.said(cell.run(script), () -> sensor.poll(this::on, 10));
    }

    private void on(Event event) {
        if (Enforcement.isStopped(event)) {
            stopped.add(event.text(event.type().paramIndex("trusted_exepath")).toString());
            int context = event.extension(Extension.CONTEXT);
            sensor.enforcement()
                    .settle(event.u32At(context, 0), event.u64At(context, 8), killStopped);
        }
    }

    @Test
    void permittedExecRunsAndItsArgumentsWereSeen() throws Exception {
        assertThat(run("/bin/echo hello world")).isEqualTo("hello world\n");
        assertThat(held).contains("/bin/busybox [/bin/echo, hello, world]");
        assertThat(stopped).isEmpty();
        assertThat(sensor.enforcement().tally().faults()).isZero();
        assertThat(sensor.enforcement().tally().late()).isZero();
    }

    @Test
    void refusedExecNeverRuns() throws Exception {
        verdict = exec -> exec.file().is(Fd.UPPER_LAYER) ? Answer.REFUSE : Answer.PASS;
        String said = run("cp /bin/busybox /echo; /echo ran; echo $?");
        assertThat(said).contains("Operation not permitted").doesNotContain("ran\n");
        assertThat(run("/bin/echo fine")).isEqualTo("fine\n");
    }

    @Test
    void fileOfTheCellsOwnTmpfsIsHeldToo() throws Exception {
        verdict =
                exec ->
                        exec.file().path().toString().startsWith("/tmp/")
                                ? Answer.REFUSE
                                : Answer.PASS;
        assertThat(run("cp /bin/busybox /tmp/echo; /tmp/echo ran"))
                .contains("Operation not permitted");
    }

    @Test
    void heldFileGoesByItsPathAcrossMountsAndAfterItsNameIsGone() throws Exception {
        String deep = "/tmp" + "/folder".repeat(60);
        run(
                "d="
                        + deep
                        + "; busybox mkdir -p $d; cp /bin/busybox $d/echo; $d/echo named;"
                        + " busybox mkdir /proc; busybox mount -t proc proc /proc;"
                        + " exec 3<$d/echo; busybox rm $d/echo; /proc/self/fd/3 nameless");
        assertThat(held)
                .contains(deep + "/echo [" + deep + "/echo, named]")
                .contains(deep + "/echo [/proc/self/fd/3, nameless]");
    }

    @Test
    void whatWasSaidOfOneExecIsNotTakenForTheNext() throws Exception {
        int[] asked = {0};
        verdict =
                exec ->
                        !exec.arguments().toString().startsWith("[/bin/expr")
                                ? Answer.PASS
                                : asked[0]++ == 0 ? Answer.PASS : Answer.KILL;
        String said = run("/bin/expr twice; /bin/expr twice; echo $?");
        assertThat(said).startsWith("twice\n").contains("137");
        assertThat(stopped).isEmpty();
    }

    @Test
    void killedExecIsOverBeforeItsFirstInstruction() throws Exception {
        verdict =
                exec ->
                        exec.arguments().toString().endsWith(" doomed]")
                                ? Answer.KILL
                                : Answer.PASS;
        assertThat(run("/bin/sh -c 'echo made it' doomed; echo $?"))
                .contains("137")
                .doesNotContain("made it");
        assertThat(sensor.enforcement().tally().killed()).isEqualTo(1);
    }

    @Test
    void killedScriptDiesWithItsInterpreter() throws Exception {
        verdict = exec -> exec.file().path().toString().equals("/s") ? Answer.KILL : Answer.PASS;
        String said = run("printf '#!/bin/sh\\necho made it\\n' > /s; chmod 755 /s; /s; echo $?");
        assertThat(said).contains("137").doesNotContain("made it");
    }

    @Test
    void execOnAnUnmarkedMountIsStoppedAndGoesOnWhenJudged() throws Exception {
        String said =
                run(
                        "busybox mkdir -p /m; busybox mount -t tmpfs tmpfs /m;"
                                + " cp /bin/busybox /m/echo; /m/echo went on");
        assertThat(said).contains("went on");
        assertThat(stopped).containsExactly("/m/echo");
    }

    @Test
    void execOnAnUnmarkedMountCanBeEnded() throws Exception {
        killStopped = true;
        String said =
                run(
                        "busybox mkdir -p /m; busybox mount -t tmpfs tmpfs /m;"
                                + " cp /bin/busybox /m/echo; /m/echo went on; echo $?");
        assertThat(said).contains("137").doesNotContain("went on");
    }

    @Test
    void newMountNamespaceDoesNotEscape() throws Exception {
        verdict = exec -> exec.file().is(Fd.UPPER_LAYER) ? Answer.REFUSE : Answer.PASS;
        assertThat(run("cp /bin/busybox /echo; busybox unshare -m /echo ran"))
                .contains("Operation not permitted");
    }

    @Test
    void judgeThatFailsLetsPassAndIsCounted() throws Exception {
        verdict =
                _ -> {
                    throw new IllegalStateException("a fault");
                };
        assertThat(run("/bin/echo hello")).isEqualTo("hello\n");
        assertThat(sensor.enforcement().tally().faults()).isPositive();
    }

    @Test
    void execPassesAfterTheDeadlineWhenNobodyJudges() throws Exception {
        Process process = cell.run("/bin/echo late");
        long start = System.nanoTime();
        assertThat(Cell.said(process, Thread::onSpinWait)).isEqualTo("late\n");
        assertThat(System.nanoTime() - start).isLessThan(10_000_000_000L);
        assertThat(sensor.enforcement().tally().late()).isPositive();
    }

    private long heldOf(String program) {
        return held.stream().filter(line -> line.startsWith(program + " ")).count();
    }

    @Test
    void programThatStandsIsHeldOnce() throws Exception {
        standing = Standing.ANY_NAME;
        sensor.enforcement().renew(Set.of());
        assertThat(run("for i in 1 2 3 4; do /bin/expr $i; done")).isEqualTo("1\n2\n3\n4\n");
        assertThat(heldOf("/bin/expr")).isEqualTo(1);
        assertThat(stopped).isEmpty();
        assertThat(sensor.enforcement().tally().stood()).isEqualTo(3);
    }

    @Test
    void fileWithAnotherNameIsToldFromOneThatHasOne() throws Exception {
        List<String> alone = new ArrayList<>();
        verdict =
                exec -> {
                    alone.add(exec.file().path() + " " + exec.alone());
                    return Answer.PASS;
                };
        run("/bin/expr 1; /bin/linked; /bin/also");
        assertThat(alone)
                .contains("/bin/expr true", "/bin/linked false", "/bin/also false")
                .doesNotContain("/bin/expr false", "/bin/linked true", "/bin/also true");
    }

    @Test
    void nothingStandsWhenPoliciesChanged() throws Exception {
        standing = Standing.ANY_NAME;
        sensor.enforcement().renew(Set.of());
        run("/bin/expr 1; /bin/expr 2");
        standing = Standing.NO;
        sensor.enforcement().renew(Set.of());
        held.clear();
        run("/bin/expr 1; /bin/expr 2");
        assertThat(heldOf("/bin/expr")).isEqualTo(2);
        assertThat(stopped).isEmpty();
    }

    @Test
    void standingProgramThatIsWrittenToIsHeldAgain() throws Exception {
        standing = Standing.ANY_NAME;
        sensor.enforcement().renew(Set.of());
        verdict = exec -> exec.file().is(Fd.UPPER_LAYER) ? Answer.REFUSE : Answer.PASS;
        assertThat(run("/bin/expr 1; /bin/expr 2; echo >> /bin/expr; /bin/expr 3"))
                .startsWith("1\n2\n")
                .contains("Operation not permitted");
    }

    @Test
    void standingProgramWhoseModeChangesIsStoppedAndHeldFromThenOn() throws Exception {
        standing = Standing.ANY_NAME;
        sensor.enforcement().renew(Set.of());
        killStopped = true;
        String script =
                "/bin/expr 1; /bin/expr 2; busybox chmod 700 /bin/expr; /bin/expr 3; echo $?";
        assertThat(run(script)).startsWith("1\n2\n").contains("137").doesNotContain("\n3\n");
        assertThat(stopped).containsExactly("/bin/expr");
        held.clear();
        run("/bin/expr 4");
        assertThat(heldOf("/bin/expr")).isEqualTo(1);
    }

    @Test
    void standingProgramIsStoppedWhenItIsCalledByANameThatMatters() throws Exception {
        standing = Standing.UNLESS_NAMED;
        sensor.enforcement().renew(Set.of("factor"));
        String script =
                "/bin/expr 1; /bin/expr 2; ln -s expr /bin/factor; /bin/factor 6; /bin/expr 3";
        assertThat(run(script)).isEqualTo("1\n2\n6: 2 3\n3\n");
        assertThat(stopped).containsExactly("/bin/expr");
    }

    @Test
    void firstProcessOfANewContainerIsStoppedThoughNobodyArmedIt() throws Exception {
        sensor.enforcement().disarm(cell.id());
        sensor.enforcement().expect(true);
        held.clear();
        String young = "busybox unshare -m -p -f /bin/echo young; ";
        assertThat(run(young + young + "/bin/echo old")).isEqualTo("young\nyoung\nold\n");
        assertThat(stopped).containsExactly("/bin/busybox", "/bin/busybox");
        assertThat(held).isEmpty();

        sensor.enforcement().expect(false);
        run("busybox unshare -m -p -f /bin/echo young");
        assertThat(stopped).hasSize(2);
    }

    @Test
    void execWaitsForWhatIsNotKnownYet() throws Exception {
        int[] asked = {0};
        verdict =
                exec ->
                        !exec.arguments().toString().endsWith(" patient]")
                                ? Answer.PASS
                                : ++asked[0] < 20 ? Answer.WAIT : Answer.REFUSE;
        assertThat(run("/bin/echo patient; echo $?")).contains("Operation not permitted");
        assertThat(asked[0]).isEqualTo(20);
        assertThat(sensor.enforcement().tally().late()).isZero();
    }

    @Test
    void disarmedCellIsHeldNoMore() throws Exception {
        sensor.enforcement().disarm(cell.id());
        held.clear();
        assertThat(run("/bin/echo hello")).isEqualTo("hello\n");
        assertThat(held).isEmpty();
        assertThat(sensor.enforcement().armed()).isEmpty();
    }
}
