// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.past;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.response.scope.Coverage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PastConditionTest {
    private static Map<String, @Nullable Object> fields() {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("proc.name", "sh");
        fields.put("proc.aname[2]", "shim");
        fields.put("fd.name", "/etc/ssh/key");
        fields.put("user.name", null);
        fields.put("user.uid", "1000");
        fields.put("proc.args", List.of("a", "b"));
        return fields;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "proc.name = sh                                | YES",
                "proc.name != sh                               | NO",
                "proc.name in (bash, sh)                       | YES",
                "not proc.name = sh                            | NO",
                "proc.aname[2] = shim                          | YES",
                "fd.name startswith /etc/ and proc.name = sh   | YES",
                "fd.name pmatch (/etc/ssh)                     | YES",
                "fd.name glob /etc/*/key                       | YES",
                "fd.name regex /etc/[a-z]+                     | NO",
                "user.uid >= 1000                              | YES",
                "user.uid < 1000                               | NO",
                "user.name = root                              | NO",
                "user.name != root                             | NO",
                "user.name exists                              | NO",
                "proc.args intersects (b, c)                   | YES",
                "proc.cwd = /                                  | UNKNOWN",
                "proc.cwd = / and proc.name = bash             | NO",
                "proc.cwd = / or proc.name = sh                | YES",
                "toupper(proc.name) = SH                       | UNKNOWN",
            })
    void answersFromWhatTheAlertTellsAndSaysWhereItCannot(String condition, Coverage expected) {
        assertThat(PastCondition.holds(condition, fields())).isEqualTo(expected);
    }
}
