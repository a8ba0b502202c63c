// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.bpf;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds in libbpf's output which program failed and the one line that says why.
 *
 * @param program the program, or empty
 * @param reason the line
 */
record VerifierLog(String program, String reason) {
    private static final String PREFIX = "libbpf: ";
    private static final String BEGIN = "-- BEGIN PROG LOAD LOG --";
    private static final String END = "-- END PROG LOAD LOG --";
    private static final Pattern PROGRAM = Pattern.compile("prog '([^']+)': ");

    /** Statistics, instructions and source lines, which surround the verifier's sentence. */
    private static final Pattern TRACE =
            Pattern.compile(
                    "^(processed \\d+ insns|verification time|stack depth|arg#\\d|R\\d+(_\\w+)?=.*"
                            + "|\\d+: \\(|\\d+: R|; |from \\d|mark_precise|func#).*");

    static VerifierLog of(String text) {
        Matcher matcher = PROGRAM.matcher(text);
        String program = matcher.find() ? matcher.group(1) : "";
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        String reason = "";
        if (begin >= 0 && end > begin) {
            reason = verdict(lines(text.substring(begin + BEGIN.length(), end)));
        }
        if (reason.isEmpty()) {
            reason = complaint(lines(text));
        }
        return new VerifierLog(program, reason);
    }

    private static List<String> lines(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }

    /** The verifier's last sentence. */
    private static String verdict(List<String> lines) {
        for (String line : lines.reversed()) {
            if (!TRACE.matcher(line).matches()) {
                return line;
            }
        }
        return "";
    }

    /** libbpf's first complaint, without its own name and the program's. */
    private static String complaint(List<String> lines) {
        for (String line : lines) {
            if (line.startsWith(PREFIX)) {
                return PROGRAM.matcher(line.substring(PREFIX.length())).replaceFirst("");
            }
        }
        return lines.isEmpty() ? "nothing was said" : lines.getLast();
    }
}
