// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.bpf;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds in libbpf's output which program failed to load and the one line that says why. */
record VerifierLog(String program, String reason) {
    private static final Pattern PROGRAM = Pattern.compile("prog '([^']+)'");
    private static final Pattern NOISE =
            Pattern.compile(
                    "^(processed \\d+ insns|verification time|stack depth|-- (BEGIN|END)"
                            + "|libbpf: |arg#\\d|\\d+: \\(|; |from \\d|max_states).*");

    static VerifierLog of(String text) {
        Matcher matcher = PROGRAM.matcher(text);
        String program = matcher.find() ? matcher.group(1) : "";
        List<String> lines = text.lines().map(String::strip).filter(l -> !l.isEmpty()).toList();
        String reason = lines.isEmpty() ? "nothing was said" : lines.getLast();
        for (String line : lines.reversed()) {
            if (!NOISE.matcher(line).matches()) {
                reason = line;
                break;
            }
        }
        return new VerifierLog(program, reason);
    }
}
