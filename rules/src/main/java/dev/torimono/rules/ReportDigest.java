// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Makes the reports of files loaded one after another readable as one: each thing is said once, and
 * what a later file made good (a macro that it uses) is not said at all.
 */
final class ReportDigest {
    private ReportDigest() {}

    static List<LoadReport.FileReport> of(List<LoadReport.FileReport> reports) {
        if (reports.isEmpty()) {
            return reports;
        }
        Set<Diagnostic> last = new HashSet<>(reports.getLast().warnings());
        boolean judged = reports.getLast().errors().isEmpty();
        Set<Diagnostic> said = new HashSet<>();
        List<LoadReport.FileReport> digest = new ArrayList<>();
        for (LoadReport.FileReport report : reports) {
            List<Diagnostic> errors = report.errors().stream().filter(said::add).toList();
            List<Diagnostic> warnings =
                    report.warnings().stream()
                            .filter(each -> !isUnused(each) || !judged || last.contains(each))
                            .filter(said::add)
                            .toList();
            digest.add(new LoadReport.FileReport(report.file(), errors, warnings));
        }
        return digest;
    }

    private static boolean isUnused(Diagnostic diagnostic) {
        return diagnostic.code() == LoadCode.LOAD_UNUSED_MACRO
                || diagnostic.code() == LoadCode.LOAD_UNUSED_LIST;
    }
}
