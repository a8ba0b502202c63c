// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent;

import dev.torimono.agent.AgentException.Reason;
import dev.torimono.agent.config.AgentConfig;
import dev.torimono.rules.LoadOptions;
import dev.torimono.rules.LoadReport;
import dev.torimono.rules.LoadResult;
import dev.torimono.rules.Matcher;
import dev.torimono.rules.RuleFile;
import dev.torimono.rules.RuleLoader;
import dev.torimono.rules.Ruleset;
import dev.torimono.ruleset.ShippedRules;
import dev.torimono.sensor.KernelSensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Finds and loads the rules that the configuration names; as often as asked. */
public final class Rulebook {
    /** A default: it may be absent without anyone having erred. */
    private static final Path OPTIONAL = Path.of("/etc/torimono/rules.d");

    private final AgentConfig.Rules config;
    private final Predicate<String> tells;
    private final boolean explains;

    /** Rules over what the kernel tells. */
    public Rulebook(AgentConfig.Rules config) {
        this(config, KernelSensor::tells, false);
    }

    /**
     * Rules over what some sensor tells.
     *
     * @param tells whether events of a name ever come
     * @param explains whether findings are to say why they were made
     */
    public Rulebook(AgentConfig.Rules config, Predicate<String> tells, boolean explains) {
        this.config = config;
        this.tells = tells;
        this.explains = explains;
    }

    /**
     * Reads every file and loads them.
     *
     * @throws AgentException when a file cannot be read
     */
    public LoadResult load() {
        LoadOptions defaults = LoadOptions.DEFAULT;
        LoadOptions options =
                new LoadOptions(
                        defaults.fields(),
                        defaults.plugins(),
                        config.extraOutputs(),
                        defaults.firstErrorOnly());
        return new RuleLoader(options).load(files());
    }

    /**
     * Rules that were loaded for a start: what is broken is left out, since the rest still
     * protects.
     *
     * @param result what there is to say about them
     * @param matcher their evaluator
     * @param tells whether events of a name ever come
     */
    record Started(LoadResult result, Matcher matcher, Predicate<String> tells) {
        /**
         * Says what is to be said.
         *
         * @throws AgentException when no rule is left
         */
        Matcher tell(Log log) {
            LoadReport report = result.report();
            if (!report.ok()) {
                log.error("rules: some are left out:\n" + report.text().strip());
            } else if (!report.warnings().isEmpty()) {
                log.warn("rules: doubtful:\n" + report.text().strip());
            }
            int inForce = matcher.rules().size();
            if (!report.ok() && inForce == 0) {
                throw new AgentException(Reason.RULES, "rules: none could be loaded; errors above");
            }
            log.info("rules loaded: " + report.rules() + ", of which in force: " + inForce);
            return matcher;
        }

        /** The same for rules over a live machine, where some events are never told. */
        Matcher tellLive(Log log) {
            Matcher told = tell(log);
            SilentRules.tell(result, told, tells, log);
            return told;
        }
    }

    /** Loads them without a word; any thread. */
    Started start() {
        LoadResult result = load();
        return started(result);
    }

    /** What was loaded, to be put in force. */
    Started started(LoadResult result) {
        return new Started(result, matcher(result), tells);
    }

    /** The evaluator of a loaded ruleset, as the configuration wants it. */
    public Matcher matcher(LoadResult result) {
        Ruleset ruleset = result.ruleset();
        return explains
                ? ruleset.explaining(
                        config.matching(), config.selection(), config.minimumPriority())
                : ruleset.matcher(config.matching(), config.selection(), config.minimumPriority());
    }

    /** Files and folders of the configuration, whether they exist or not. */
    public List<Path> watched() {
        return config.files().stream()
                .filter(name -> !name.equals(AgentConfig.Rules.SHIPPED))
                .map(Path::of)
                .toList();
    }

    private List<RuleFile> files() {
        List<RuleFile> files = new ArrayList<>();
        for (String name : config.files()) {
            if (name.equals(AgentConfig.Rules.SHIPPED)) {
                ShippedRules.files().stream()
                        .map(file -> new RuleFile(file.name(), file.content()))
                        .forEach(files::add);
            } else {
                add(Path.of(name), files);
            }
        }
        return files;
    }

    private static void add(Path path, List<RuleFile> files) {
        try {
            if (Files.isDirectory(path)) {
                try (Stream<Path> children = Files.list(path)) {
                    for (Path child : children.filter(Rulebook::isRuleFile).sorted().toList()) {
                        files.add(RuleFile.read(child));
                    }
                }
            } else if (Files.exists(path) || !path.equals(OPTIONAL)) {
                files.add(RuleFile.read(path));
            }
        } catch (java.nio.file.NoSuchFileException e) {
            throw new AgentException(Reason.RULES, path + ": no such rules file or folder", e);
        } catch (IOException e) {
            throw new AgentException(
                    Reason.RULES, path + ": rules cannot be read: " + e.getMessage(), e);
        }
    }

    /** Editors leave backups and half-written files beside the real ones. */
    private static boolean isRuleFile(Path path) {
        String name = String.valueOf(path.getFileName());
        return (name.endsWith(".yaml") || name.endsWith(".yml"))
                && !name.startsWith(".")
                && Files.isRegularFile(path);
    }
}
