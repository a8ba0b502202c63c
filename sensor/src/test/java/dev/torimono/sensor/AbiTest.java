// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.model.Event;
import dev.torimono.model.EventType;
import dev.torimono.model.Extension;
import dev.torimono.model.Fd;
import dev.torimono.model.FdKind;
import dev.torimono.sensor.gate.EnforcementMemory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The border between C and Java, as compiled, against what Java believes of it. */
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
    void recordHeaderIsWhatEventReads() {
        Btf.Struct header = btf.struct("record_header");
        assertThat(header.size()).isEqualTo(Event.HEADER_BYTES);
        assertThat(header.offsets())
                .containsEntry("ts", (long) Event.TIMESTAMP_OFFSET)
                .containsEntry("tid", (long) Event.TID_OFFSET)
                .containsEntry("len", (long) Event.LENGTH_OFFSET)
                .containsEntry("type", (long) Event.TYPE_OFFSET)
                .containsEntry("params", (long) Event.PARAM_COUNT_OFFSET);
        assertThat(btf.struct("record_prefix").size()).isEqualTo(RingMerge.PREFIX_BYTES);
        assertThat(btf.struct("record_prefix").offsets()).containsEntry("cpu", 0L);
    }

    @Test
    void extensionsComeInTheOrderOfTheEnum() {
        Map<String, Long> expected = new LinkedHashMap<>();
        for (Extension extension : Extension.values()) {
            expected.put("EXTENSION_" + extension, (long) extension.ordinal());
        }
        assertThat(btf.enumeration("extension")).isEqualTo(expected);
    }

    @Test
    void extensionLayoutsAreAsDocumented() {
        assertThat(btf.struct("context").size()).isEqualTo(Extension.CONTEXT_BYTES);
        assertThat(btf.struct("context").offsets())
                .isEqualTo(
                        offsets(
                                "tgid",
                                0,
                                "flags",
                                4,
                                "start_ns",
                                8,
                                "cgroup",
                                16,
                                "mount_ns",
                                24,
                                "uid",
                                28));
        assertThat(btf.struct("object").size()).isEqualTo(Extension.OBJECT_HEADER_BYTES);
        assertThat(btf.struct("object").offsets())
                .isEqualTo(
                        offsets(
                                "kind",
                                0,
                                "l4proto",
                                1,
                                "role",
                                2,
                                "reserved",
                                3,
                                "open_flags",
                                4,
                                "inode",
                                8,
                                "device",
                                16,
                                "facts",
                                20));
        assertThat(btf.struct("exec_detail").size()).isEqualTo(Extension.DETAIL_HEADER_BYTES);
        assertThat(btf.struct("exec_detail").offsets())
                .isEqualTo(
                        offsets(
                                "start_ns",
                                0,
                                "parent_start_ns",
                                8,
                                "pid_ns",
                                16,
                                "mount_ns",
                                20,
                                "link_count",
                                24,
                                "filesystem",
                                28,
                                "device",
                                32,
                                "mode",
                                36));
        assertThat(btf.struct("fork_detail").size()).isEqualTo(Extension.DETAIL_HEADER_BYTES);
        assertThat(btf.struct("fork_detail").offsets())
                .isEqualTo(
                        offsets(
                                "start_ns",
                                0,
                                "parent_start_ns",
                                8,
                                "pid_ns",
                                16,
                                "mount_ns",
                                20,
                                "creator_start_ns",
                                24,
                                "creator",
                                32));
    }

    @Test
    void contextFlagsAreTheModels() {
        assertThat(btf.enumeration("context_flag"))
                .isEqualTo(
                        offsets(
                                "CONTEXT_KERNEL_THREAD",
                                Extension.CONTEXT_FLAGS,
                                "CONTEXT_CUT",
                                Extension.CONTEXT_CUT,
                                "CONTEXT_HELD",
                                Extension.CONTEXT_HELD,
                                "CONTEXT_KILLED",
                                Extension.CONTEXT_KILLED,
                                "CONTEXT_REFUSED",
                                Extension.CONTEXT_REFUSED));
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
                .hasSize(27);
        assertThat(btf.struct("prohibited_key").offsets())
                .isEqualTo(offsets("cgroup", 0, "path", 8));
        assertThat(btf.struct("standing_key").offsets())
                .isEqualTo(offsets("cgroup", 0, "inode", 8, "device", 16, "generation", 20));
        assertThat(btf.struct("name_key").size()).isEqualTo(16);
        assertThat(btf.struct("judged_key").offsets())
                .isEqualTo(offsets("tid", 0, "device", 4, "inode", 8));
    }

    @Test
    void fdVocabularyIsTheModels() {
        btf.enumeration("fd_kind")
                .forEach(
                        (name, value) ->
                                assertThat(
                                                FdKind.valueOf(name.substring("FD_KIND_".length()))
                                                        .code())
                                        .as(name)
                                        .isEqualTo(value.intValue()));
        btf.enumeration("fd_role")
                .forEach(
                        (name, value) ->
                                assertThat(
                                                Fd.Role.valueOf(name.substring("FD_ROLE_".length()))
                                                        .ordinal())
                                        .as(name)
                                        .isEqualTo(value.intValue()));
        assertThat(btf.enumeration("fd_fact"))
                .isEqualTo(
                        offsets(
                                "FD_FACT_UPPER_LAYER",
                                Fd.UPPER_LAYER,
                                "FD_FACT_LOWER_LAYER",
                                Fd.LOWER_LAYER,
                                "FD_FACT_DELETED",
                                Fd.DELETED,
                                "FD_FACT_MEMFD",
                                Fd.MEMFD,
                                "FD_FACT_PATH_CUT",
                                Fd.PATH_CUT));
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

    private static Map<String, Long> offsets(Object... namesAndValues) {
        Map<String, Long> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put((String) namesAndValues[i], ((Integer) namesAndValues[i + 1]).longValue());
        }
        return map;
    }
}
