// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EventTest {
    private static final EventType EXECVE = EventType.symbol("SYSCALL_EXECVE_19_X");

    @Test
    void parametersReadBackAsWritten() {
        Event event =
                new EventBuilder(EXECVE, 42, 7)
                        .number("res", -2)
                        .text("exe", "/bin/sh")
                        .texts("args", List.of("-c", "id"))
                        .number("uid", 0xFFFF_FFFFL)
                        .event();
        assertThat(event.type()).isSameAs(EXECVE);
        assertThat(event.timestampNs()).isEqualTo(42);
        assertThat(event.tid()).isEqualTo(7);
        assertThat(event.number(EXECVE.paramIndex("res"))).isEqualTo(-2);
        assertThat(event.text(EXECVE.paramIndex("exe"))).hasToString("/bin/sh");
        assertThat(event.bytes(EXECVE.paramIndex("args"))).isEqualTo("-c\0id\0".getBytes());
        assertThat(event.number(EXECVE.paramIndex("uid"))).isEqualTo(0xFFFF_FFFFL);
        assertThat(event.has(EXECVE.paramIndex("cwd"))).isFalse();
    }

    @Test
    void extensionsFollowTheSchema() {
        byte[] context = new byte[Extension.CONTEXT_BYTES];
        context[0] = 9;
        Event event = new EventBuilder(EXECVE, 0, 0).extension(Extension.CONTEXT, context).event();
        int index = event.extension(Extension.CONTEXT);
        assertThat(index).isEqualTo(31);
        assertThat(event.u32At(index, 0)).isEqualTo(9);
        assertThat(event.has(event.extension(Extension.OBJECT))).isFalse();
    }

    @Test
    void readingOutsideAParameterIsRefused() {
        Event event = new EventBuilder(EXECVE, 0, 0).number("res", 0).event();
        assertThatThrownBy(() -> event.u64At(0, 1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> event.byteAt(5, 0)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void mutilatedRecordsAreRefusedOrReadInBounds() {
        byte[] good = new EventBuilder(EXECVE, 1, 1).text("exe", "/bin/true").record();
        Random random = new Random(1);
        Event event = new Event();
        int refused = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] bad = Arrays.copyOf(good, random.nextInt(good.length + 1));
            for (int i = 0; i < 3 && bad.length > 0; i++) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt();
            }
            if (event.wrap(MemorySegment.ofArray(bad), 0, bad.length, 0) != null) {
                refused++;
                continue;
            }
            for (int p = 0; p < event.paramCount(); p++) {
                event.bytes(p);
                event.text(p);
            }
        }
        assertThat(refused).isPositive();
    }
}
