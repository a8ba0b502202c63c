// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.bpf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VerifierLogTest {
    @Test
    void verifiersLastSentenceIsTheReason() {
        VerifierLog log =
                VerifierLog.of(
                        """
                        libbpf: prog 'open_exit': BPF program load failed: Permission denied
                        libbpf: prog 'open_exit': -- BEGIN PROG LOAD LOG --
                        0: R1=ctx() R10=fp0
                        ; int x = *p; @ open.h:3
                        12: (61) r1 = *(u32 *)(r0 +0)
                        R0 invalid mem access 'scalar'
                        processed 13 insns (limit 1000000) max_states_per_insn 0
                        -- END PROG LOAD LOG --
                        libbpf: failed to load object 'sensor'
                        """);

        assertThat(log.program()).isEqualTo("open_exit");
        assertThat(log.reason()).isEqualTo("R0 invalid mem access 'scalar'");
    }

    @Test
    void libbpfsFirstComplaintIsTheReasonWhenTheVerifierWasNotAsked() {
        VerifierLog log =
                VerifierLog.of(
                        """
                        libbpf: prog 'probe_lsm': BPF program load failed: Operation not permitted
                        libbpf: prog 'probe_lsm': failed to load: -1
                        libbpf: failed to load object 'probe'
                        """);

        assertThat(log.program()).isEqualTo("probe_lsm");
        assertThat(log.reason()).isEqualTo("BPF program load failed: Operation not permitted");
    }

    @Test
    void silenceIsSaidToBeSilence() {
        assertThat(VerifierLog.of("").reason()).isEqualTo("nothing was said");
    }
}
