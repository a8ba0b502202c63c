// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.bench;

import dev.torimono.model.Priority;
import dev.torimono.rules.LoadOptions;
import dev.torimono.rules.LoadResult;
import dev.torimono.rules.MatchStrategy;
import dev.torimono.rules.Matcher;
import dev.torimono.rules.RuleFile;
import dev.torimono.rules.RuleLoader;
import dev.torimono.rules.Selection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where the reference rules and captures lie, and how they are loaded. */
final class Upstream {
    private static final String[] FILES = {
        "falco_rules.yaml", "falco-incubating_rules.yaml", "falco-sandbox_rules.yaml"
    };

    private Upstream() {}

    static Path shared() {
        return Path.of(System.getProperty("torimono.shared", "../shared"));
    }

    static Path mix() {
        return shared().resolve("peer/container-mix.scap");
    }

    /** The first of Falco's rule files: one is stable, three is all. */
    static List<RuleFile> files(int count) {
        List<RuleFile> files = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                files.add(RuleFile.read(shared().resolve("falco/rules").resolve(FILES[i])));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    static Matcher matcher(int files) {
        LoadResult loaded = new RuleLoader(LoadOptions.DEFAULT).load(files(files));
        if (!loaded.report().errors().isEmpty()) {
            throw new IllegalStateException(loaded.report().errors().toString());
        }
        return loaded.ruleset().matcher(MatchStrategy.FIRST, Selection.DEFAULT, Priority.DEBUG);
    }
}
