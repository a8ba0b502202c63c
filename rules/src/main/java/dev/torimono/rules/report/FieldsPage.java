// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.report;

import dev.torimono.rules.field.Field;
import dev.torimono.rules.field.FieldCatalog;
import dev.torimono.rules.field.LiveLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The catalogue of fields as a page of documentation. */
public final class FieldsPage {
    private static final String HEAD =
            """
            # Fields

            Every field that conditions and outputs can use. This page is generated from the catalogue: `torimono rules
            fields --markdown` prints it, `torimono rules fields TEXT` searches it.

            `[n]?` after a name means that a number in brackets may follow, `[key]` that a key must, `.name` that the
            argument follows a dot. A missing value makes every comparison false; `exists` asks whether there is one.
            Types with `[]` are lists: `in` asks whether every element is among the values, `intersects` whether some is.

            Marks: *compares only*, not for outputs; *prints only*, not for conditions; *old*, loads with a warning and
            will not for ever. **Live** says what a running machine does not give; captures may.
            """;

    private FieldsPage() {}

    /** The page. */
    public static String text() {
        StringBuilder page = new StringBuilder(HEAD);
        LiveLimits limits = new LiveLimits();
        for (Field.Provider provider : Field.Provider.values()) {
            page.append("\n## ").append(title(provider)).append("\n\n");
            page.append("| field | type | holds |\n|---|---|---|\n");
            for (Field field : FieldCatalog.standard().fields()) {
                if (field.provider() == provider && !field.is(Field.Trait.HIDDEN)) {
                    row(field, limits.of(field), page);
                }
            }
        }
        return page.toString();
    }

    private static String title(Field.Provider provider) {
        return switch (provider) {
            case EVENT -> "Of every event";
            case SYSCALL -> "Of system call events";
            case CONTAINER -> "Of containers and pods, for system call events";
            case K8S_AUDIT ->
                    "Of Kubernetes audit events (source `k8s_audit`): rules load, none fire yet";
            case JSON -> "Of events whose payload is JSON";
        };
    }

    private static void row(Field field, String limit, StringBuilder page) {
        List<String> marks = new ArrayList<>();
        mark(field, Field.Trait.FILTER_ONLY, "compares only", marks);
        mark(field, Field.Trait.PRINT_ONLY, "prints only", marks);
        mark(field, Field.Trait.DEPRECATED, "old", marks);
        page.append("| `")
                .append((field.name() + field.argument().form()).replace("|", "\\|"))
                .append("` | ")
                .append(field.type().name().toLowerCase(Locale.ROOT))
                .append(field.list() ? "[]" : "")
                .append(" | ")
                .append(field.description().replace("|", "\\|"));
        if (!marks.isEmpty()) {
            page.append(" *(").append(String.join(", ", marks)).append(")*");
        }
        if (!limit.isEmpty()) {
            page.append(". **Live**: ").append(limit);
        }
        page.append(" |\n");
    }

    private static void mark(Field field, Field.Trait trait, String word, List<String> marks) {
        if (field.is(trait)) {
            marks.add(word);
        }
    }
}
