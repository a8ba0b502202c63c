// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.model.Demand;
import dev.torimono.model.Enforcement;
import dev.torimono.model.Enforcement.Armed;
import dev.torimono.model.Enforcement.Arming;
import dev.torimono.model.Enforcement.Refusal;
import dev.torimono.model.Event;
import dev.torimono.model.Extension;
import dev.torimono.model.Fd;
import dev.torimono.sensor.gate.Cell;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What the kernel refuses by itself. The cell is armed by a process that does not see its files, so
 * that fanotify watches none of them. Most kernels of this world refuse us that: see the guest of
 * {@code e2e/src/test/qemu}.
 */
@KernelTest
@ExtendWith(RefusalKernelTest.Modules.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusalKernelTest {
    /** Skips with the kernel's own words. */
    static final class Modules implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            String obstacle = KernelSensor.refusalObstacle();
            return obstacle.isEmpty()
                    ? ConditionEvaluationResult.enabled("security modules are called here")
                    : ConditionEvaluationResult.disabled(
                            "this kernel refuses BPF security modules: " + obstacle);
        }
    }

    private static final Refusal DRIFT = new Refusal(true, Set.of());
    private static final String REFUSED = "Operation not permitted";
    private static final String DRIFTS = "cp /bin/busybox /echo; /echo ran";

    private final List<String> told = new ArrayList<>();
    private KernelSensor sensor;
    private Cell cell;
    private Process outsider;

    /** Once for all: to load takes seconds in a guest. */
    @BeforeAll
    void open() {
        sensor = begin();
    }

    private static KernelSensor begin() {
        KernelSensor begun = KernelSensor.open(SensorConfig.DEFAULT);
        begun.subscribe(new Demand(new BitSet(), false));
        begun.enforcement().judge(_ -> Enforcement.Answer.PASS);
        begun.enforcement().refusing(true);
        return begun;
    }

    @BeforeEach
    void settle() throws Exception {
        told.clear();
        cell = new Cell();
        outsider = cell.outsider();
    }

    @AfterEach
    void leave() throws Exception {
        sensor.enforcement().disarm(cell.id());
        outsider.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        cell.close();
    }

    @AfterAll
    void close() {
        if (sensor != null) {
            sensor.close();
        }
    }

    private Armed arm(Refusal refusal) {
        return arm(sensor, refusal);
    }

    private Armed arm(KernelSensor by, Refusal refusal) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        Armed armed;
        do {
            // Until the outsider has entered the cell's cgroup.
            armed = by.enforcement().arm(new Arming(cell.id(), outsider.pid(), false, refusal));
        } while (armed.sinceNs() == 0 && System.nanoTime() < until);
        assertThat(armed.sinceNs()).isPositive();
        assertThat(armed.mounts()).as("files that fanotify watches").isZero();
        return armed;
    }

    private String run(String script) throws Exception {
        return run(sensor, script);
    }

    private String run(KernelSensor by, String script) throws Exception {
        return said(by, cell.run(script));
    }

    private String said(KernelSensor by, Process script) throws Exception {
        return Cell.said(script, () -> by.poll(event -> on(by, event), 10));
    }

    private void on(KernelSensor by, Event event) {
        int context = event.extension(Extension.CONTEXT);
        if (Enforcement.isStopped(event)) {
            by.enforcement().settle(event.u32At(context, 0), event.u64At(context, 8), false);
        }
        if (Enforcement.isRefused(event)) {
            told.add(
                    event.number(0)
                            + " "
                            + event.text(event.type().paramIndex("exe"))
                            + " "
                            + object(event)
                            + " "
                            + event.u32At(event.extension(Extension.OBJECT), 20));
        }
    }

    /** The path of the file that was refused. */
    private static String object(Event event) {
        int param = event.extension(Extension.OBJECT);
        byte[] path = new byte[event.textLength(param, Extension.OBJECT_HEADER_BYTES)];
        event.copy(param, Extension.OBJECT_HEADER_BYTES, path, 0, path.length);
        return new String(path, StandardCharsets.UTF_8);
    }

    @Test
    void programThatTheImageDidNotBringNeverRunsAndIsTold() throws Exception {
        long before = sensor.enforcement().tally().refusedInKernel();
        assertThat(arm(DRIFT).inKernel()).isEqualTo(DRIFT);
        assertThat(run(DRIFTS)).contains(REFUSED).doesNotContain("ran");
        assertThat(told).containsExactly("-1 /echo /echo " + Fd.UPPER_LAYER);
        assertThat(sensor.enforcement().tally().refusedInKernel()).isEqualTo(before + 1);
    }

    @Test
    void programOfTheImageRuns() throws Exception {
        arm(DRIFT);
        assertThat(run("/bin/echo fine; /bin/expr 1")).isEqualTo("fine\n1\n");
        assertThat(told).isEmpty();
    }

    @Test
    void programInMemoryAndScriptOfItsOwnAreRefusedToo() throws Exception {
        arm(DRIFT);
        assertThat(run("cp /bin/busybox /tmp/echo; /tmp/echo ran"))
                .contains(REFUSED)
                .doesNotContain("ran");
        assertThat(run("printf '#!/bin/sh\\necho made it\\n' > /s;" + " busybox chmod 755 /s; /s"))
                .contains(REFUSED)
                .doesNotContain("made it");
        assertThat(told).hasSize(2);
    }

    @Test
    void changedProgramOfTheImageIsRefused() throws Exception {
        arm(DRIFT);
        assertThat(run("/bin/expr 1; busybox chmod 700 /bin/expr; /bin/expr 2"))
                .startsWith("1\n")
                .contains(REFUSED);
    }

    @Test
    void mountThatNobodyWatchesDoesNotEscape() throws Exception {
        arm(DRIFT);
        String mount =
                "busybox mkdir -p /m; busybox mount -t tmpfs tmpfs /m; cp /bin/busybox /m/echo;";
        assertThat(run(mount + " busybox unshare -m /m/echo ran"))
                .contains(REFUSED)
                .doesNotContain("ran");
    }

    @Test
    void prohibitedPathIsRefusedWhateverLeadsToIt() throws Exception {
        arm(new Refusal(false, Set.of("/bin/expr", "/bin/never")));
        assertThat(run("/bin/expr 1")).contains(REFUSED);
        assertThat(run("ln -s /bin/expr /e; cd /bin; /e 1; ./expr 2; ../bin/expr 3"))
                .doesNotContain("1\n", "2\n", "3\n");
        assertThat(run("/bin/echo fine")).isEqualTo("fine\n");
        assertThat(run(DRIFTS)).isEqualTo("ran\n");
        assertThat(told.getFirst()).isEqualTo("-1 /bin/expr /bin/expr " + Fd.LOWER_LAYER);
        assertThat(told).hasSize(4);
    }

    @Test
    void pathThatIsPermittedAgainRuns() throws Exception {
        arm(new Refusal(false, Set.of("/bin/expr")));
        arm(new Refusal(true, Set.of("/bin/true")));
        assertThat(run("/bin/expr 1")).isEqualTo("1\n");
        arm(Refusal.NONE);
        assertThat(run("/bin/true; " + DRIFTS)).isEqualTo("ran\n");
    }

    @Test
    void nothingIsRefusedWhileNothingMayBeDone() throws Exception {
        arm(DRIFT);
        sensor.enforcement().refusing(false);
        assertThat(run(DRIFTS)).isEqualTo("ran\n");
        sensor.enforcement().refusing(true);
        assertThat(run("/echo ran")).contains(REFUSED);
    }

    @Test
    void othersAreLeftAlone() throws Exception {
        arm(DRIFT);
        try (Cell other = new Cell()) {
            assertThat(said(sensor, other.run(DRIFTS))).isEqualTo("ran\n");
        }
        sensor.enforcement().disarm(cell.id());
        assertThat(run(DRIFTS)).isEqualTo("ran\n");
    }

    @Test
    void nothingIsRefusedOnceTheAgentIsGone() throws Exception {
        try (KernelSensor other = begin()) {
            arm(other, DRIFT);
            assertThat(run(other, DRIFTS)).contains(REFUSED);
        }
        assertThat(run(DRIFTS)).isEqualTo("ran\n");
    }

    @Test
    void whatTheGateLetPassIsRefusedAllTheSame() throws Exception {
        Armed armed = sensor.enforcement().arm(new Arming(cell.id(), cell.pid(), false, DRIFT));
        assertThat(armed.mounts()).isPositive();
        assertThat(run(DRIFTS)).contains(REFUSED).doesNotContain("ran");
    }
}
