// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.agent.Alerts;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TextFormatTest {
    private static String render(boolean iso, String zone, String message) {
        AlertShape shape = new AlertShape(iso, true, false, true, true, Map.of(), Map.of(), "");
        TextFormat format = new TextFormat(shape, ZoneId.of(zone));
        return new String(format.render(Alerts.saying(message)), StandardCharsets.UTF_8);
    }

    @Test
    void timeIsLocalTimeOfDay() {
        assertThat(render(false, "Asia/Tokyo", "m")).isEqualTo("18:43:33.931613982: Warning m");
    }

    @Test
    void isoTimeIsUtc() {
        assertThat(render(true, "Asia/Tokyo", "m"))
                .isEqualTo("2026-11-22T09:43:33.931613982+0000: Warning m");
    }

    @Test
    void lineIsEscapedAsInJson() {
        assertThat(render(false, "UTC", "say \"hi\" \\ \n\u001b[31m"))
                .isEqualTo("09:43:33.931613982: Warning say \\\"hi\\\" \\\\ \\n\\u001b[31m");
    }
}
