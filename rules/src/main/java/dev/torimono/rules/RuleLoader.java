// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules;

import dev.torimono.rules.read.Diagnostics;
import dev.torimono.rules.read.Documents;
import dev.torimono.rules.read.ItemReader;
import dev.torimono.rules.read.PluginRequirement;
import dev.torimono.rules.read.Version;
import dev.torimono.rules.resolve.Collector;
import java.util.ArrayList;
import java.util.List;

/**
 * Loads files of rules, one after another, into one ruleset. After each file everything read so far
 * is compiled anew, so a file may rely on the ones before it but not on those after it.
 */
public final class RuleLoader {
    private final LoadOptions options;
    private final Collector collector;
    private final CompileMemo memo;
    private final List<LoadReport.FileReport> reports = new ArrayList<>();
    private List<Ruleset.Entry> entries = List.of();

    public RuleLoader(LoadOptions options) {
        this.options = options;
        this.collector = new Collector(options, new Diagnostics());
        this.memo = new CompileMemo(options);
    }

    /** Loads files in order; later ones may append to and override earlier ones. */
    public LoadResult load(List<RuleFile> files) {
        ReadAhead.each(files, this::add);
        return result();
    }

    /** Loads one more file; says what it had to say. */
    public LoadReport.FileReport add(RuleFile file) {
        return add(file, ReadAhead.read(file));
    }

    private LoadReport.FileReport add(RuleFile file, Documents documents) {
        Diagnostics diagnostics = new Diagnostics();
        collector.report(diagnostics);
        boolean complete =
                new ItemReader(collector, diagnostics, options.firstErrorOnly()).read(documents);
        if (complete || !options.firstErrorOnly()) {
            List<Ruleset.Entry> compiled =
                    new RuleCompiler(options, collector, diagnostics, memo).compile();
            if (!options.firstErrorOnly() || !diagnostics.hasErrors()) {
                entries = compiled;
            }
        }
        LoadReport.FileReport report =
                new LoadReport.FileReport(
                        file.name(), diagnostics.errors(), diagnostics.warnings());
        reports.add(report);
        return report;
    }

    /** What was loaded so far. */
    public LoadResult result() {
        Ruleset ruleset = new Ruleset(entries, options.fields());
        List<LoadReport.FileReport> said =
                options.firstErrorOnly() ? reports : ReportDigest.of(reports);
        return new LoadResult(
                ruleset, new LoadReport(said, ruleset.rules().size(), unmetPlugins()));
    }

    /** Required plugins that none of the given ones can stand in for, described. */
    private List<String> unmetPlugins() {
        List<LoadOptions.Plugin> loaded = options.plugins();
        if (loaded == null) {
            return List.of();
        }
        List<String> unmet = new ArrayList<>();
        for (PluginRequirement requirement : collector.plugins()) {
            if (!isMet(requirement, loaded)) {
                PluginRequirement.Alternative first = requirement.alternatives().getFirst();
                unmet.add(
                        requirement.at().position()
                                + ": rules require plugin "
                                + first.name()
                                + " "
                                + first.version()
                                + " or an alternative");
            }
        }
        return unmet;
    }

    /** The first alternative that is loaded at all decides. */
    private static boolean isMet(PluginRequirement requirement, List<LoadOptions.Plugin> loaded) {
        for (PluginRequirement.Alternative alternative : requirement.alternatives()) {
            for (LoadOptions.Plugin plugin : loaded) {
                if (plugin.name().equals(alternative.name())) {
                    Version have = Version.parse(plugin.version());
                    Version want = Version.parse(alternative.version());
                    return have != null && want != null && have.serves(want);
                }
            }
        }
        return false;
    }
}
