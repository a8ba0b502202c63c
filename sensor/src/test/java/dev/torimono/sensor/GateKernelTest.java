// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.model.Demand;
import dev.torimono.model.Enforcement;
import dev.torimono.model.Enforcement.Answer;
import dev.torimono.model.Event;
import dev.torimono.model.Extension;
import dev.torimono.model.Fd;
import dev.torimono.model.HeldExec;
import dev.torimono.sensor.gate.Cell;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
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
    private boolean killStopped;

    @BeforeEach
    void arm() throws Exception {
        cell = new Cell();
        sensor = KernelSensor.open(SensorConfig.DEFAULT);
        sensor.subscribe(new Demand(new BitSet(), false));
        Enforcement gate = sensor.enforcement();
        gate.judge(
                exec -> {
                    held.add(exec.file().path() + " " + exec.arguments());
                    return verdict.apply(exec);
                });
        var armed = gate.arm(new Enforcement.Arming(cell.id(), cell.pid(), false));
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

    @Test
    void disarmedCellIsHeldNoMore() throws Exception {
        sensor.enforcement().disarm(cell.id());
        held.clear();
        assertThat(run("/bin/echo hello")).isEqualTo("hello\n");
        assertThat(held).isEmpty();
        assertThat(sensor.enforcement().armed()).isEmpty();
    }
}
