// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.conformance;

import dev.torimono.model.Priority;
import dev.torimono.rules.Diagnostic;
import dev.torimono.rules.LoadOptions;
import dev.torimono.rules.LoadReport;
import dev.torimono.rules.LoadResult;
import dev.torimono.rules.MatchStrategy;
import dev.torimono.rules.RuleFile;
import dev.torimono.rules.RuleLoader;
import dev.torimono.rules.Selection;
import dev.torimono.rules.field.Field;
import dev.torimono.rules.field.FieldCatalog;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Files loaded in order: which codes each gives, and what the rules are afterwards. */
final class LoaderCases implements Section {
    @Override
    public CaseResult run(JsonNode testCase) {
        JsonNode config = testCase.path("config");
        List<RuleFile> files = new ArrayList<>();
        for (JsonNode file : testCase.get("files")) {
            files.add(new RuleFile(file.get("name").stringValue(), file.get("yaml").stringValue()));
        }
        LoadResult result = new RuleLoader(options(config)).load(files);
        List<String> expected = new ArrayList<>();
        List<String> got = new ArrayList<>();
        expected.add("expect " + testCase.get("expect").stringValue());
        got.add("expect " + outcome(result.report()));
        if (testCase.path("loads").isArray()) {
            codes(testCase.get("loads"), result.report(), expected, got);
        }
        if (testCase.path("plugins_ok").isBoolean()) {
            expected.add("plugins_ok " + testCase.get("plugins_ok").booleanValue());
            got.add("plugins_ok " + result.report().unmetPlugins().isEmpty());
        }
        if (!expected.equals(got)) {
            return CaseResult.failed(expected, got + " " + result.report().text());
        }
        if (!testCase.path("rules").isArray()) {
            return CaseResult.PASSED;
        }
        Selection selection = selection(config.path("rule_selection"));
        Set<String> active = new TreeSet<>();
        result.ruleset()
                .matcher(MatchStrategy.ALL, selection, minimum(config))
                .rules()
                .forEach(rule -> active.add(rule.name()));
        return RuleStates.compare(testCase.get("rules"), result.ruleset(), active);
    }

    private static String outcome(LoadReport report) {
        return !report.ok() ? "error" : report.warnings().isEmpty() ? "ok" : "warning";
    }

    private static void codes(
            JsonNode loads, LoadReport report, List<String> expected, List<String> got) {
        for (JsonNode load : loads) {
            expected.add(codes(load.get("errors")) + " " + codes(load.get("warnings")));
        }
        for (LoadReport.FileReport file : report.files()) {
            got.add(codes(file.errors()) + " " + codes(file.warnings()));
        }
    }

    private static List<String> codes(JsonNode diagnostics) {
        List<String> codes = new ArrayList<>();
        diagnostics.forEach(each -> codes.add(each.get("code").stringValue()));
        return codes.stream().sorted().toList();
    }

    private static List<String> codes(List<Diagnostic> diagnostics) {
        return diagnostics.stream().map(each -> each.code().name()).sorted().toList();
    }

    static LoadOptions options(JsonNode config) {
        EnumSet<Field.Provider> providers =
                EnumSet.of(Field.Provider.EVENT, Field.Provider.SYSCALL);
        if (config.path("container").asBoolean(false)) {
            providers.add(Field.Provider.CONTAINER);
        }
        if (config.path("k8s").asBoolean(false)) {
            providers.add(Field.Provider.K8S_AUDIT);
            providers.add(Field.Provider.JSON);
        }
        return new LoadOptions(
                FieldCatalog.of(providers), plugins(config), extraOutputs(config), true);
    }

    private static @Nullable List<LoadOptions.Plugin> plugins(JsonNode config) {
        if (!config.path("plugins").isArray()) {
            return null;
        }
        List<LoadOptions.Plugin> plugins = new ArrayList<>();
        for (JsonNode plugin : config.get("plugins")) {
            plugins.add(
                    new LoadOptions.Plugin(
                            plugin.get("name").stringValue(), plugin.get("version").stringValue()));
        }
        return plugins;
    }

    private static List<LoadOptions.ExtraOutput> extraOutputs(JsonNode config) {
        List<LoadOptions.ExtraOutput> extras = new ArrayList<>();
        for (JsonNode extra : config.path("extra_output")) {
            Set<String> tags = new TreeSet<>();
            extra.path("tags").forEach(tag -> tags.add(tag.stringValue()));
            extras.add(
                    new LoadOptions.ExtraOutput(
                            extra.get("format").stringValue(),
                            extra.path("source").asString(""),
                            tags,
                            extra.path("rule").asString("")));
        }
        return extras;
    }

    static Selection selection(JsonNode steps) {
        Selection selection = Selection.DEFAULT;
        for (JsonNode step : steps) {
            boolean enable = step.get("op").stringValue().equals("enable");
            if (step.has("tag")) {
                String tag = step.get("tag").asString("");
                selection = enable ? selection.enableTagged(tag) : selection.disableTagged(tag);
            } else {
                String name =
                        step.has("rule")
                                ? step.get("rule").asString("")
                                : "*" + step.path("substring").asString("") + "*";
                selection = enable ? selection.enableNamed(name) : selection.disableNamed(name);
            }
        }
        return selection;
    }

    private static Priority minimum(JsonNode config) {
        String text = config.path("min_priority").asString("debug");
        return Objects.requireNonNull(Priority.parse(text), text);
    }
}
