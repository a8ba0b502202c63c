// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.gate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CallerFactsTest {
    private static final String STATUS =
            """
            Name:	sh \\nUid: 7
            Umask:	0022
            Tgid:	41
            Pid:	42
            PPid:	40
            Uid:	1000	1001	1002	1003
            Gid:	2000	2001	2002	2003
            NSpgid:	39	5
            CapInh:	0000000000000001
            CapPrm:	00000000a80425fb
            CapEff:	ffffffffffffffff
            """;
    private static final String STAT =
            "42 (a) b)) S 40 39 38 34816 39 4194304 0 0 0 0 0 0 0 0 20 0 1 0 123 0 0";

    @Test
    void bothFilesAreRead() {
        assertThat(CallerFacts.parse(42, STATUS, STAT))
                .isEqualTo(
                        new CallerFacts(
                                41,
                                40,
                                5,
                                39,
                                34816,
                                1_230_000_000L,
                                1000,
                                1001,
                                2001,
                                1,
                                0xa80425fbL,
                                -1));
    }

    @Test
    void whatCannotBeReadIsZeroAndTheThreadItself() {
        assertThat(CallerFacts.parse(42, "", ""))
                .isEqualTo(new CallerFacts(42, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
        assertThat(CallerFacts.parse(42, "Name:\tx\nUid:\t5", "42 (x").uid()).isEqualTo(5);
        assertThat(CallerFacts.parse(42, "Name:\tx\nUid:\t5", "42 (x").effectiveUid()).isZero();
    }
}
