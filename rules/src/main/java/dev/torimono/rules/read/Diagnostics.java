// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.read;

import dev.torimono.rules.Diagnostic;
import dev.torimono.rules.LoadCode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gathers what one file's load has to say, in order, each thing once per place. */
public final class Diagnostics {
    /** Whoever has more errors than this does not read them all. */
    private static final int MAX_ERRORS = 100;

    private static final int MAX_WARNINGS = 1_000;

    private final Set<Said> said = new LinkedHashSet<>();
    private int errors;

    private record Said(LoadCode code, String message, Place place, @Nullable String item) {}

    public void warn(LoadCode code, String message, Place place, @Nullable String item) {
        if (said.size() - errors < MAX_WARNINGS) {
            said.add(new Said(code, message, place, item));
        }
    }

    public void error(LoadException e) {
        if (said.add(new Said(e.code(), e.getMessage(), e.place(), e.item()))) {
            errors++;
        }
    }

    public boolean hasErrors() {
        return errors > 0;
    }

    /** Whether it is time to stop. */
    public boolean isFull() {
        return errors >= MAX_ERRORS;
    }

    public List<Diagnostic> errors() {
        return diagnostics(true);
    }

    public List<Diagnostic> warnings() {
        return diagnostics(false);
    }

    private List<Diagnostic> diagnostics(boolean errors) {
        List<Diagnostic> chosen = new ArrayList<>();
        for (Said each : said) {
            if (each.code.isError() == errors) {
                chosen.add(
                        new Diagnostic(
                                each.code,
                                each.message,
                                each.place.position(),
                                each.place.line(),
                                each.place.caret(),
                                each.item));
            }
        }
        return chosen;
    }
}
