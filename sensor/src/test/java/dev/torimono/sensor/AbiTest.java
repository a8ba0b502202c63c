// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.model.EventType;
import dev.torimono.sensor.gate.EnforcementMemory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Plans, tables and memory that C and Java share, as compiled, against what Java believes. */
class AbiTest {
    private final Btf btf = Btf.of(Image.read("bpf/sensor.bpf.o"));

    @Test
    void eventCodesAreThoseOfTheSchema() {
        btf.enumeration("event_type")
                .forEach(
                        (name, value) ->
                                assertThat(
                                                EventType.symbol(name.substring("EVENT_".length()))
                                                        .code())
                                        .as(name)
                                        .isEqualTo(value.intValue()));
    }

    @Test
    void everyProbedCallHasAnEventTypeInTheKernel() {
        for (ProbedCall call : ProbedCall.ALL) {
            // Planned ones the kernel side knows by their plan alone.
            if (call.family() != Family.PLAIN) {
                assertThat(btf.enumeration("event_type"))
                        .containsKey("EVENT_" + call.type().symbol());
            }
        }
    }

    @Test
    void plansAreReadAsTheyAreWritten() {
        Map<String, Long> kinds = new LinkedHashMap<>();
        for (CallPlan.Kind kind : CallPlan.Kind.values()) {
            kinds.put("PLAN_" + kind, (long) kind.ordinal());
        }
        assertThat(btf.enumeration("plan_kind")).isEqualTo(kinds);
        Map<String, Long> targets = new LinkedHashMap<>();
        for (CallPlan.Target target : CallPlan.Target.values()) {
            targets.put("PLAN_OBJECT_" + target, (long) target.code());
        }
        assertThat(btf.enumeration("plan_object")).isEqualTo(targets);
        Map<String, Long> links = new LinkedHashMap<>();
        for (CallPlan.Links each : CallPlan.Links.values()) {
            links.put("PLAN_LINKS_" + each, (long) each.ordinal());
        }
        assertThat(btf.enumeration("plan_links")).isEqualTo(links);
        assertThat(btf.struct("plan").size()).isEqualTo(CallPlan.BYTES);
        assertThat(btf.struct("plan").offsets())
                .containsEntry("object", (long) CallPlan.STEPS)
                .containsEntry("links", (long) CallPlan.STEPS + 1);
    }

    @Test
    void everyPlanHasAsManyStepsAsTheSchemaHasParameters() {
        List<PlannedCall> calls = new ArrayList<>(PlannedCall.ALL);
        calls.addAll(PlannedCall.MOVING);
        for (PlannedCall call : calls) {
            int params = 1;
            byte[] plan = call.plan().bytes();
            for (int i = 0; i < CallPlan.STEPS && plan[i] != 0; i++) {
                CallPlan.Kind kind = CallPlan.Kind.values()[(plan[i] & 0xff) >> 3];
                boolean three = kind == CallPlan.Kind.USAGE || kind == CallPlan.Kind.CAPABILITIES;
                params += three ? 3 : 1;
            }
            assertThat(params).as(call.type().symbol()).isEqualTo(call.type().paramCount());
        }
    }

    @Test
    void callsAreNumberedOnceAndWithinTheTables() {
        List<Integer> numbers = new ArrayList<>();
        List<Integer> ia32 = new ArrayList<>();
        for (ProbedCall call : ProbedCall.all(true)) {
            numbers.add(call.number());
            ia32.addAll(call.ia32());
        }
        numbers.removeIf(n -> n < 0);
        assertThat(numbers).doesNotHaveDuplicates().allMatch(n -> n < SharedConfig.SYSCALLS);
        assertThat(ia32).doesNotHaveDuplicates().allMatch(n -> n < SharedConfig.SYSCALLS);
    }

    @Test
    void enforcementIsWhereJavaReadsAndWritesIt() {
        Btf.Struct struct = btf.struct("enforcement");
        assertThat(struct.size()).isEqualTo(EnforcementMemory.BYTES);
        Map<String, Long> offsets = new LinkedHashMap<>();
        struct.offsets().forEach((name, at) -> offsets.put(name.toUpperCase(Locale.ROOT), at));
        assertThat(offsets)
                .containsEntry("HEARTBEAT", EnforcementMemory.HEARTBEAT)
                .containsEntry("PATIENCE", EnforcementMemory.PATIENCE)
                .containsEntry("ARMED", EnforcementMemory.ARMED)
                .containsEntry("GENERATION", EnforcementMemory.GENERATION)
                .containsEntry("FILE", EnforcementMemory.FILE)
                .containsEntry("FACTS", EnforcementMemory.FACTS)
                .containsEntry("INODE", EnforcementMemory.INODE)
                .containsEntry("FILESYSTEM", EnforcementMemory.FILESYSTEM)
                .containsEntry("CTIME", EnforcementMemory.CTIME)
                .containsEntry("MTIME", EnforcementMemory.MTIME)
                .containsEntry("DEVICE", EnforcementMemory.DEVICE)
                .containsEntry("MODE", EnforcementMemory.MODE)
                .containsEntry("LINKS", EnforcementMemory.LINKS)
                .containsEntry("UID", EnforcementMemory.UID)
                .containsEntry("GID", EnforcementMemory.GID)
                .containsEntry("HOST_MOUNT_NS", EnforcementMemory.HOST_MOUNT_NS)
                .containsEntry("HELD", EnforcementMemory.HELD)
                .containsEntry("KILLED", EnforcementMemory.KILLED)
                .containsEntry("PASSED_DEAD", EnforcementMemory.PASSED_DEAD)
                .containsEntry("STOOD", EnforcementMemory.STOOD)
                .containsEntry("HOLDS_YOUNG", EnforcementMemory.HOLDS_YOUNG)
                .containsEntry("CALLER", EnforcementMemory.CALLER)
                .containsEntry("CALLER_CGROUP", EnforcementMemory.CALLER_CGROUP)
                .containsEntry("AGENT", EnforcementMemory.AGENT)
                .containsEntry("REFUSES", EnforcementMemory.REFUSES)
                .containsEntry("REFUSED", EnforcementMemory.REFUSED)
                .containsEntry("RESERVED", EnforcementMemory.RESERVED)
                .containsEntry("LOOK", EnforcementMemory.LOOK)
                .containsEntry("PATH_LENGTH", EnforcementMemory.PATH_LENGTH)
                .containsEntry("PATH", EnforcementMemory.PATH)
                .hasSize(30);
        assertThat(btf.struct("prohibited_key").offsets())
                .isEqualTo(Btf.layout("cgroup 0, path 8"));
        assertThat(btf.struct("standing_key").offsets())
                .isEqualTo(Btf.layout("cgroup 0, inode 8, device 16, generation 20"));
        assertThat(btf.struct("name_key").size()).isEqualTo(16);
        assertThat(btf.struct("judged_key").offsets())
                .isEqualTo(Btf.layout("tid 0, device 4, inode 8"));
    }

    @Test
    void sharedConfigIsWhereJavaWritesIt() {
        Btf.Struct config = btf.struct("config");
        assertThat(config.size()).isEqualTo(SharedConfig.BYTES);
        Map<String, Long> offsets = new LinkedHashMap<>();
        config.offsets().forEach((name, at) -> offsets.put(name.toUpperCase(Locale.ROOT), at));
        assertThat(offsets)
                .containsEntry("NATIVE", SharedConfig.NATIVE)
                .containsEntry("IA32", SharedConfig.IA32)
                .containsEntry("PARAMS", SharedConfig.PARAMS)
                .containsEntry("WHOLE", SharedConfig.WHOLE)
                .containsEntry("EPOCH_OFFSET", SharedConfig.EPOCH_OFFSET)
                .containsEntry("AGENT_TGID", SharedConfig.AGENT_TGID)
                .containsEntry("LEGACY_CGROUP", SharedConfig.LEGACY_CGROUP)
                .containsEntry("ENVIRONMENT", SharedConfig.ENVIRONMENT)
                .containsEntry("READER_WAITS", SharedConfig.READER_WAITS)
                .containsEntry("WORTH", SharedConfig.WORTH)
                .containsEntry("LIFECYCLE_BYTES", SharedConfig.LIFECYCLE_BYTES)
                .containsEntry("ACTIVITY_BYTES", SharedConfig.ACTIVITY_BYTES)
                .containsEntry("BUDGET", SharedConfig.BUDGET)
                .containsEntry("CANARY", SharedConfig.CANARY)
                .containsEntry("HOST_CGROUPS", SharedConfig.HOST_CGROUPS)
                .containsEntry("HOST_MOUNT_NS", SharedConfig.HOST_MOUNT_NS)
                .containsEntry("DEMAND", SharedConfig.DEMAND)
                .containsEntry("LOST", SharedConfig.LOST)
                .containsEntry("CUT", SharedConfig.CUT)
                .containsEntry("FOREIGN_ABI", SharedConfig.FOREIGN_ABI);
    }

    @Test
    void canaryMarksAreTheWays() {
        assertThat(btf.struct("record_prefix").offsets()).containsEntry("canary", 4L);
        Map<String, Long> ways = new LinkedHashMap<>();
        for (Canary.Way way : Canary.Way.values()) {
            ways.put("CANARY_" + way, (long) way.bit());
        }
        assertThat(btf.enumeration("canary")).isEqualTo(ways);
    }

    @Test
    void lossesAreWhereJavaReadsThem() {
        assertThat(btf.struct("loss").size()).isEqualTo(LossTable.BYTES);
        assertThat(btf.struct("loss").offsets())
                .isEqualTo(
                        Map.of(
                                "cgroup",
                                LossTable.CGROUP,
                                "count",
                                LossTable.COUNT,
                                "type",
                                LossTable.TYPE,
                                "tgid",
                                LossTable.TGID));
        Map<String, Long> worths = new LinkedHashMap<>();
        for (Worth worth : Worth.values()) {
            worths.put("WORTH_" + worth, (long) worth.ordinal());
        }
        assertThat(btf.enumeration("worth")).isEqualTo(worths);
    }

    @Test
    void masksOfInterestsAreWhereJavaWritesThem() {
        Map<String, Long> offsets = new LinkedHashMap<>();
        btf.struct("demand")
                .offsets()
                .forEach(
                        (name, at) ->
                                offsets.put(
                                        name.toUpperCase(Locale.ROOT), SharedConfig.DEMAND + at));
        assertThat(offsets)
                .containsEntry("GENERATION", SharedConfig.GENERATION)
                .containsEntry("RESERVED", SharedConfig.GENERATION + 4)
                .containsEntry("CONCERNED", SharedConfig.CONCERNED)
                .containsEntry("BY_OUTCOME", SharedConfig.BY_OUTCOME)
                .containsEntry("BY_MODE", SharedConfig.BY_MODE)
                .containsEntry("BY_KIND", SharedConfig.BY_KIND)
                .containsEntry("ON_HOST", SharedConfig.ON_HOST)
                .containsEntry("PATHLESS", SharedConfig.PATHLESS)
                .containsEntry("PREFIX_LENGTHS", SharedConfig.PREFIX_LENGTHS)
                .containsEntry("BLOOM", SharedConfig.BLOOM)
                .hasSize(10);
    }
}
