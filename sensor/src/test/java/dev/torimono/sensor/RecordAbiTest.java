// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.model.Event;
import dev.torimono.model.Extension;
import dev.torimono.model.Fd;
import dev.torimono.model.FdKind;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Records as the kernel side writes them, against what the model reads. */
class RecordAbiTest {
    private final Btf btf = Btf.of(Image.read("bpf/sensor.bpf.o"));

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
                        Btf.layout("tgid 0, flags 4, start_ns 8, cgroup 16, mount_ns 24, uid 28"));
        assertThat(btf.struct("object").size()).isEqualTo(Extension.OBJECT_HEADER_BYTES);
        assertThat(btf.struct("object").offsets())
                .isEqualTo(
                        Btf.layout(
                                "kind 0, l4proto 1, role 2, reserved 3, open_flags 4, inode 8, device 16, facts 20"));
        assertThat(btf.struct("exec_detail").size()).isEqualTo(Extension.DETAIL_HEADER_BYTES);
        assertThat(btf.struct("exec_detail").offsets())
                .isEqualTo(
                        Btf.layout(
                                "start_ns 0, parent_start_ns 8, pid_ns 16, mount_ns 20, link_count 24, filesystem 28, device 32, mode 36"));
        assertThat(btf.struct("fork_detail").size()).isEqualTo(Extension.DETAIL_HEADER_BYTES);
        assertThat(btf.struct("fork_detail").offsets())
                .isEqualTo(
                        Btf.layout(
                                "start_ns 0, parent_start_ns 8, pid_ns 16, mount_ns 20, creator_start_ns 24, creator 32"));
    }

    @Test
    void contextFlagsAreTheModels() {
        assertThat(btf.enumeration("context_flag"))
                .isEqualTo(
                        Map.of(
                                "CONTEXT_KERNEL_THREAD",
                                (long) Extension.CONTEXT_FLAGS,
                                "CONTEXT_CUT",
                                (long) Extension.CONTEXT_CUT,
                                "CONTEXT_HELD",
                                (long) Extension.CONTEXT_HELD,
                                "CONTEXT_KILLED",
                                (long) Extension.CONTEXT_KILLED,
                                "CONTEXT_REFUSED",
                                (long) Extension.CONTEXT_REFUSED));
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
                        Map.of(
                                "FD_FACT_UPPER_LAYER",
                                (long) Fd.UPPER_LAYER,
                                "FD_FACT_LOWER_LAYER",
                                (long) Fd.LOWER_LAYER,
                                "FD_FACT_DELETED",
                                (long) Fd.DELETED,
                                "FD_FACT_MEMFD",
                                (long) Fd.MEMFD,
                                "FD_FACT_PATH_CUT",
                                (long) Fd.PATH_CUT));
    }
}
