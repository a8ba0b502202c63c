// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.model.Text;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NameTableTest {
    private static final byte[] LOOPBACK = {127, 0, 0, 1, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9};

    @Test
    void addressGoesByTheNameThatLeadsToIt() throws Exception {
        try (NameTable names = new NameTable()) {
            assertThat(names.name(LOOPBACK, 4)).isNull();
            names.want(Set.of("localhost", "no.such.name.invalid"));
            long end = System.nanoTime() + 30_000_000_000L;
            while (names.name(LOOPBACK, 4) == null && System.nanoTime() < end) {
                Thread.sleep(10);
            }
            assertThat(names.name(LOOPBACK, 4)).isEqualTo(Text.of("localhost"));
            assertThat(names.name(LOOPBACK, 16)).isNull();
            names.want(Set.of());
            assertThat(names.name(LOOPBACK, 4)).isNull();
        }
    }
}
