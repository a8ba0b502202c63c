// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.conformance;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs every {@code cases-*.json} of a folder and prints what differs. */
public final class ConformanceRun {
    private static final int SHOWN = 200;

    private final PrintStream out;
    private final JsonMapper json = JsonMapper.shared();

    public ConformanceRun(PrintStream out) {
        this.out = out;
    }

    /**
     * Runs a folder: each failing case with what was expected and got, then a line per file.
     *
     * @return whether all passed
     */
    public boolean run(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> entries = Files.list(folder)) {
            files = entries.filter(ConformanceRun::isCaseFile).sorted().toList();
        }
        if (files.isEmpty()) {
            throw new IOException(folder + ": no cases-*.json in it");
        }
        boolean passed = true;
        for (Path file : files) {
            passed &= runFile(file).failed() == 0;
        }
        return passed;
    }

    /** Runs one file; one that is no JSON counts as one failed case. */
    public Tally runFile(Path file) {
        Tally tally = new Tally();
        String label = String.valueOf(file.getFileName());
        try {
            runSections(label, json.readTree(file), file, tally);
        } catch (JacksonException e) {
            fail(tally, label, "JSON", e.getOriginalMessage());
        }
        tally.notApplicable.forEach(
                (reason, count) ->
                        out.println(label + ": " + count + " not applicable: " + reason));
        out.println(label + ": " + tally.passed + " passed, " + tally.failed + " failed");
        return tally;
    }

    private void runSections(String label, JsonNode root, Path file, Tally tally) {
        Sections sections = new Sections(root, file.toAbsolutePath().resolveSibling(""));
        if (root.isArray()) {
            runSection(label, "", root, sections, tally);
        }
        root.forEachEntry(
                (name, cases) -> {
                    if (cases.isArray()) {
                        runSection(label, name, cases, sections, tally);
                    }
                });
    }

    private void runSection(
            String label, String name, JsonNode cases, Sections sections, Tally tally) {
        int index = 0;
        for (JsonNode testCase : cases) {
            String where = label + " " + name + "[" + index++ + "]";
            Section section;
            try {
                section = sections.of(name, testCase);
            } catch (RuntimeException e) {
                fail(tally, where, "a section that can be set up", e + at(e));
                continue;
            }
            if (section == null) {
                fail(tally, where, "a case of known shape", shown(testCase));
                continue;
            }
            String told = testCase.isObject() ? section.name(testCase) : shown(testCase);
            switch (runCase(section, testCase)) {
                case CaseResult.Passed _ -> tally.passed++;
                case CaseResult.Failed failed ->
                        fail(tally, where + " " + told, failed.expected(), failed.got());
                case CaseResult.NotApplicable skipped -> tally.skip(skipped.reason());
            }
        }
    }

    private void fail(Tally tally, String where, Object expected, Object got) {
        tally.failed++;
        out.println(where);
        out.println("  expected " + expected);
        out.println("  got      " + got);
    }

    private static String shown(JsonNode testCase) {
        String text = testCase.toString();
        return text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
    }

    private static CaseResult runCase(Section section, JsonNode testCase) {
        try {
            return section.run(testCase);
        } catch (RuntimeException | StackOverflowError e) {
            return CaseResult.failed("no exception", e + at(e));
        }
    }

    private static String at(Throwable thrown) {
        StackTraceElement[] trace = thrown.getStackTrace();
        return trace.length == 0 ? "" : " at " + trace[0];
    }

    private static boolean isCaseFile(Path path) {
        String name = String.valueOf(path.getFileName());
        return name.startsWith("cases-") && name.endsWith(".json");
    }

    /** How a file's cases went. */
    public static final class Tally {
        private int passed;
        private int failed;
        private final Map<String, Integer> notApplicable = new TreeMap<>();

        public int passed() {
            return passed;
        }

        public int failed() {
            return failed;
        }

        private void skip(String reason) {
            notApplicable.merge(reason, 1, Integer::sum);
        }
    }
}
