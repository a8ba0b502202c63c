// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.agent.config.ConfigLoader;
import dev.torimono.model.Alert;
import dev.torimono.model.Finding;
import dev.torimono.model.Grounds;
import dev.torimono.model.Priority;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FleetFormatTest {
    private static String render(@Nullable Grounds grounds) {
        Finding finding =
                new Finding(
                        "r",
                        Priority.NOTICE,
                        "syscall",
                        List.of(),
                        1,
                        1,
                        "m",
                        Map.of("proc.name", "bash"),
                        grounds);
        byte[] json =
                new FleetFormat(new ConfigLoader(Map.of()).load().alerts().shape(), ZoneOffset.UTC)
                        .render(new Alert(finding, "h", List.of()));
        return new String(json, StandardCharsets.UTF_8);
    }

    @Test
    void tellsWhyARuleMatched() {
        Grounds grounds =
                new Grounds(
                        "opens and proc.name = \"bash\"",
                        List.of(
                                new Grounds.Part(0, 5, "evt.type = open"),
                                new Grounds.Part(10, 28, "")),
                        Map.of("proc.name", "bash", "evt.type", "open"));
        assertThat(render(grounds))
                .startsWith(
                        "{\"grounds\":{\"condition\":\"opens and proc.name = \\\"bash\\\"\","
                                + "\"parts\":[{\"from\":0,\"test\":\"evt.type = open\",\"to\":5},"
                                + "{\"from\":10,\"to\":28}],\"values\":{\"evt.type\":\"open\"}},\"");
    }

    @Test
    void isThePlainFormatWhereNothingMoreIsKnown() {
        assertThat(render(null)).doesNotContain("grounds").startsWith("{\"");
    }
}
