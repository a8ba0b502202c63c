// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules;

import java.util.List;

/** Prints reports for programs. */
final class ReportJson {
    private final StringBuilder out = new StringBuilder();

    private ReportJson() {}

    static String of(LoadReport report) {
        ReportJson json = new ReportJson();
        json.out.append("{\"errors\": ");
        json.diagnostics(report.errors());
        json.out.append(", \"warnings\": ");
        json.diagnostics(report.warnings());
        json.out.append(", \"rules\": ").append(report.rules()).append('}');
        return json.out.toString();
    }

    private void diagnostics(List<Diagnostic> diagnostics) {
        out.append('[');
        String separator = "";
        for (Diagnostic each : diagnostics) {
            out.append(separator).append("{\"code\": \"").append(each.code()).append('"');
            text("file", each.position().file());
            out.append(", \"line\": ").append(each.position().line());
            out.append(", \"column\": ").append(each.position().column());
            String item = each.item();
            if (item != null) {
                text("item", item);
            }
            text("message", each.message());
            text("snippet", each.line());
            out.append('}');
            separator = ", ";
        }
        out.append(']');
    }

    private void text(String key, String value) {
        out.append(", \"").append(key).append("\": \"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < 0x20 || Character.isSurrogate(c)) {
                        out.append("\\u").append(String.format("%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
