// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SensorConfigTest {
    @Test
    void ringThatIsNoPowerOfTwoIsRefusedByName() {
        assertThatThrownBy(() -> new SensorConfig(1 << 20, 3 << 20, true))
                .hasMessageContaining("activity ring")
                .hasMessageContaining("power of two");
        assertThatThrownBy(() -> new SensorConfig(1024, 1 << 20, true))
                .hasMessageContaining("lifecycle ring");
    }
}
