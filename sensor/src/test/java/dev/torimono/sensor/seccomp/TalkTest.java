// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.seccomp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TalkTest {
    private static byte[] hello(String texts) {
        byte[] packet = Talk.beat(false);
        packet[6] = Talk.HELLO;
        byte[] more = texts.getBytes(StandardCharsets.UTF_8);
        byte[] whole = Arrays.copyOf(packet, packet.length + more.length);
        System.arraycopy(more, 0, whole, packet.length, more.length);
        return whole;
    }

    @Test
    void helloHasItsTexts() {
        Talk hello = Talk.parse(hello("web\0abc-1\0/bin/app\0"));
        assertThat(hello).isNotNull();
        assertThat(hello.texts()).containsExactly("web", "abc-1", "/bin/app");
    }

    @Test
    void textsThatNeverEndAreNone() {
        Talk hello = Talk.parse(hello("web"));
        assertThat(hello).isNotNull();
        assertThat(hello.texts()).isEmpty();
        assertThat(hello.text(2)).isEmpty();
    }

    @Test
    void controlCharactersAndLengthAreTamed() {
        Talk hello = Talk.parse(hello("a\nb\0" + "x".repeat(900) + "\0"));
        assertThat(hello).isNotNull();
        assertThat(hello.text(0)).isEqualTo("a?b");
        assertThat(hello.text(1)).hasSize(255);
    }

    @Test
    void strangersAreNotUnderstood() {
        assertThat(Talk.parse(new byte[0])).isNull();
        assertThat(Talk.parse(new byte[31])).isNull();
        assertThat(Talk.parse(new byte[64])).isNull();
        byte[] other = Talk.beat(false);
        other[4] = 9;
        assertThat(Talk.parse(other)).isNull();
    }
}
