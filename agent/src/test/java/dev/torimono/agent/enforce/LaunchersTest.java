// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.enforce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.model.Text;
import dev.torimono.response.drift.Execution.Manner;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LaunchersTest {
    private static List<Text> words(String line) {
        return Arrays.stream(line.split(" ")).map(Text::of).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "/usr/bin/dash, sh /tmp/x.sh, /tmp/x.sh",
        "/usr/bin/bash, bash -x -- x.sh a, x.sh",
        "/usr/bin/python3.11, python3 -u -W ignore x.py, x.py",
        "/bin/busybox, sh x.sh, x.sh",
        "/bin/busybox, busybox sh x.sh, x.sh",
        "/usr/bin/perl, perl -w x.pl, x.pl"
    })
    void scriptGivenToAnInterpreterIsFound(String program, String line, String file) {
        var launched = Objects.requireNonNull(Launchers.of(program, words(line)));
        assertThat(launched.manner()).isEqualTo(Manner.SCRIPT);
        assertThat(launched.file()).hasToString(file);
    }

    @ParameterizedTest
    @CsvSource({
        "/usr/bin/dash, sh -c /tmp/x.sh",
        "/usr/bin/bash, bash -xc /tmp/x.sh",
        "/usr/bin/python3, python3 -m http.server",
        "/usr/bin/bash, bash",
        "/usr/bin/bash, bash -",
        "/bin/busybox, echo /tmp/x.sh",
        "/bin/busybox, busybox echo /tmp/x.sh",
        "/usr/bin/cat, cat /tmp/x.sh"
    })
    void everythingElseLaunchesNothing(String program, String line) {
        assertThat(Launchers.of(program, words(line))).isNull();
    }

    @Test
    void programGivenToTheLoaderIsFound() {
        var launched =
                Objects.requireNonNull(
                        Launchers.of(
                                "/usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2",
                                words("/lib64/ld-linux-x86-64.so.2 --library-path /l /tmp/x")));
        assertThat(launched.manner()).isEqualTo(Manner.LOADER);
        assertThat(launched.file()).hasToString("/tmp/x");
    }
}
