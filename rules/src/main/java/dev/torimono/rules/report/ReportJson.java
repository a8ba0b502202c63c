// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.report;

import dev.torimono.rules.Diagnostic;
import dev.torimono.rules.LoadReport;
import java.util.List;

/** Prints reports for programs. */
public final class ReportJson {
    private ReportJson() {}

    public static String of(LoadReport report) {
        JsonText json = new JsonText().open();
        write(json.key("errors"), report.errors());
        write(json.key("warnings"), report.warnings());
        if (!report.unmetPlugins().isEmpty()) {
            json.member("unmet_plugins", report.unmetPlugins());
        }
        return json.member("rules", report.rules()).close().toString();
    }

    private static void write(JsonText json, List<Diagnostic> diagnostics) {
        json.array(
                diagnostics,
                each ->
                        json.open()
                                .member("code", each.code().name())
                                .member("file", each.position().file())
                                .member("line", each.position().line())
                                .member("column", each.position().column())
                                .member("item", each.item())
                                .member("message", each.message())
                                .member("snippet", each.line())
                                .close());
    }
}
