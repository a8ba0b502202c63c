// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import org.junit.jupiter.api.Test;

@KernelTest
class KernelProbeTest {
    @Test
    void everyProgramTypeIsTriedAndRefusalsAreExplained() {
        KernelReport report = KernelProbe.inspect();

        assertThat(report.programs().keySet()).isEqualTo(EnumSet.allOf(ProgramType.class));
        assertThat(report.sensorWorks()).isTrue();
        assertThat(report.programs().values())
                .allSatisfy(s -> assertThat(s.works()).isEqualTo(s.reason().isEmpty()));
        assertThat(report.strongest()).isGreaterThanOrEqualTo(Strength.DETECT);
    }
}
