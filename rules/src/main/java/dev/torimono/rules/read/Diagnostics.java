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
    private final Set<Said> said = new LinkedHashSet<>();

    private record Said(LoadCode code, String message, Place place, @Nullable String item) {}

    public void warn(LoadCode code, String message, Place place, @Nullable String item) {
        said.add(new Said(code, message, place, item));
    }

    public void error(LoadException e) {
        said.add(new Said(e.code(), e.getMessage(), e.place(), e.item()));
    }

    public boolean hasErrors() {
        return said.stream().anyMatch(each -> each.code.isError());
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
                                each.item));
            }
        }
        return chosen;
    }
}
