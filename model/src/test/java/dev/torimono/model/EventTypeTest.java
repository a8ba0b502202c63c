// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EventTypeTest {
    @Test
    void codesAreThoseOfTheCaptureFormat() {
        assertThat(EventType.symbol("SYSCALL_EXECVE_19_X").code()).isEqualTo(293);
        assertThat(EventType.symbol("SYSCALL_OPENAT_2_X").code()).isEqualTo(307);
        assertThat(EventType.symbol("PROCEXIT_1_E").code()).isEqualTo(186);
        assertThat(EventType.count()).isEqualTo(454);
        assertThat(EventType.of(454)).isNull();
        assertThat(EventType.of(-1)).isNull();
    }

    @Test
    void flagsPrintInTheirOwnOrder() {
        Param flags = EventType.symbol("SYSCALL_OPENAT_2_X").param(3);
        FlagSet set = java.util.Objects.requireNonNull(flags.flags());
        assertThat(set.values()).containsEntry("O_WRONLY", 2L);
        assertThat(set.values().keySet()).first().isEqualTo("O_LARGEFILE");
    }

    @Test
    void aSyscallKnowsItsEvents() {
        Syscall openat =
                Syscall.all().stream().filter(c -> c.name().equals("openat")).findFirst().get();
        assertThat(openat.events()).contains(EventType.symbol("SYSCALL_OPENAT_2_X"));
    }
}
