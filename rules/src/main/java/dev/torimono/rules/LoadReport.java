// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules;

import dev.torimono.rules.report.ReportJson;
import dev.torimono.rules.report.ReportText;
import java.util.ArrayList;
import java.util.List;

/** What loading had to say, file by file. */
public final class LoadReport {
    private final List<FileReport> files;
    private final int rules;
    private final List<String> unmetPlugins;

    /**
     * One file's part.
     *
     * @param file its name
     * @param errors why things were refused
     * @param warnings what is doubtful
     */
    public record FileReport(String file, List<Diagnostic> errors, List<Diagnostic> warnings) {
        public FileReport {
            errors = List.copyOf(errors);
            warnings = List.copyOf(warnings);
        }

        public boolean ok() {
            return errors.isEmpty();
        }
    }

    LoadReport(List<FileReport> files, int rules, List<String> unmetPlugins) {
        this.files = List.copyOf(files);
        this.rules = rules;
        this.unmetPlugins = List.copyOf(unmetPlugins);
    }

    public List<FileReport> files() {
        return files;
    }

    /** Number of rules held after all files, dormant ones included. */
    public int rules() {
        return rules;
    }

    /** Required plugins that are not there in a fitting version, described. */
    public List<String> unmetPlugins() {
        return unmetPlugins;
    }

    /** Whether there is no error in any file. */
    public boolean ok() {
        return files.stream().allMatch(FileReport::ok);
    }

    public List<Diagnostic> errors() {
        List<Diagnostic> all = new ArrayList<>();
        files.forEach(file -> all.addAll(file.errors()));
        return all;
    }

    public List<Diagnostic> warnings() {
        List<Diagnostic> all = new ArrayList<>();
        files.forEach(file -> all.addAll(file.warnings()));
        return all;
    }

    /** For people: each finding with its line and a caret, then a line of sums. */
    public String text() {
        return ReportText.of(this);
    }

    /** For programs: {@code {"errors": [...], "warnings": [...], "rules": N}}. */
    public String json() {
        return ReportJson.of(this);
    }
}
