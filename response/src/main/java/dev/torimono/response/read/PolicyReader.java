// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.read;

import dev.torimono.response.drift.DriftRule;
import dev.torimono.response.policy.Actions;
import dev.torimono.response.policy.Exemption;
import dev.torimono.response.policy.Limits;
import dev.torimono.response.policy.MalwareRule;
import dev.torimono.response.policy.Mode;
import dev.torimono.response.policy.Policy;
import dev.torimono.response.policy.PolicyFile;
import dev.torimono.response.policy.PolicyType;
import dev.torimono.response.policy.RuleChoice;
import dev.torimono.response.scope.Scope;
import dev.torimono.rules.Position;
import dev.torimono.rules.field.FieldCatalog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Reads files of policies into policies, in order; a later file may change what is shipped and copy
 * it. Tells every error to {@link Problems} and reads on.
 */
public final class PolicyReader {
    private static final String OPTIONAL = "optional";
    private static final Policy BLANK =
            new Policy(
                    "",
                    "",
                    PolicyType.WORKLOAD,
                    4,
                    true,
                    Mode.ENFORCE,
                    Scope.EVERYWHERE,
                    List.of(),
                    Actions.NONE,
                    List.of(),
                    "",
                    List.of(),
                    Limits.DEFAULT,
                    DriftRule.NONE,
                    new MalwareRule(Set.of(), Set.of(), Set.of()),
                    false,
                    new Position("", 1, 1));

    private final Problems problems;
    private final KnownRules rules;
    private final FieldCatalog catalog;
    private final Instant now;
    private final Map<String, Policy> policies = new LinkedHashMap<>();

    public PolicyReader(Problems problems, KnownRules rules, FieldCatalog catalog, Instant now) {
        this.problems = problems;
        this.rules = rules;
        this.catalog = catalog;
        this.now = now;
    }

    /** Everything read so far. */
    public List<Policy> policies() {
        return List.copyOf(policies.values());
    }

    /** Reads one file. */
    public void read(PolicyFile policyFile, boolean shipped) {
        YamlFile file = new YamlFile(policyFile, problems);
        Node root = file.root();
        Section section = root == null ? null : Section.of(file, root, "file");
        if (section == null) {
            return;
        }
        for (Node node : section.list("policies")) {
            policy(file, node, shipped);
        }
        for (Node node : section.list("managed")) {
            change(file, node);
        }
        if (!section.has("policies") && !section.has("managed")) {
            file.error(section.node(), "file: it has neither \"policies\" nor \"managed\"");
        }
        section.end();
    }

    private void policy(YamlFile file, Node node, boolean shipped) {
        Section section = Section.of(file, node, "policy");
        if (section == null) {
            return;
        }
        String name = section.required("name");
        Policy base = base(file, section);
        Policy policy = new OnePolicy(file, section, base, shipped, true).read(name);
        Policy earlier = policies.putIfAbsent(name, policy);
        if (earlier != null && !name.isEmpty()) {
            file.error(
                    node,
                    "policy \""
                            + name
                            + "\" exists already, at "
                            + earlier.position()
                            + (earlier.managed()
                                    ? "; to change it write it under \"managed\", to start from it"
                                            + " use another name and \"copy_of\""
                                    : ""));
        }
    }

    private Policy base(YamlFile file, Section section) {
        String original = section.text("copy_of", "");
        if (original.isEmpty()) {
            return BLANK;
        }
        Policy base = policies.get(original);
        if (base == null) {
            file.error(
                    section.node(),
                    "policy: copy_of: there is no policy \""
                            + original
                            + "\" before this one"
                            + Nearest.hint(original, policies.keySet()));
            return BLANK;
        }
        return base;
    }

    private void change(YamlFile file, Node node) {
        Section section = Section.of(file, node, "managed policy");
        if (section == null) {
            return;
        }
        String name = section.required("name");
        boolean optional = section.flag(OPTIONAL, false);
        Policy base = policies.get(name);
        if (base == null && optional) {
            file.warn(
                    file.position(node),
                    "this version has no managed policy \"" + name + "\": its change is left out");
            return;
        }
        if (base == null || !base.managed()) {
            List<String> managed =
                    policies.values().stream().filter(Policy::managed).map(Policy::name).toList();
            file.error(
                    node,
                    "there is no managed policy \"" + name + "\"" + Nearest.hint(name, managed));
            return;
        }
        for (String key : List.of("type", "description", "drift", "malware", "copy_of")) {
            section.forbid(
                    key,
                    "cannot be changed in a managed policy; make a copy of it with \"copy_of\"");
        }
        policies.put(name, new OnePolicy(file, section, base, true, false).read(name));
    }

    /** Reads one policy, taking from another what it does not say. */
    private final class OnePolicy {
        private final YamlFile file;
        private final Section section;
        private final Policy base;
        private final boolean managed;
        private final boolean whole;
        private final RulesReader rulesReader;

        OnePolicy(YamlFile file, Section section, Policy base, boolean managed, boolean whole) {
            this.file = file;
            this.section = section;
            this.base = base;
            this.managed = managed;
            this.whole = whole;
            this.rulesReader =
                    new RulesReader(
                            file, rules, managed && (whole || section.flag(OPTIONAL, false)));
        }

        Policy read(String name) {
            PolicyType type =
                    whole ? section.choice("type", PolicyType.class, base.type()) : base.type();
            Policy policy =
                    new Policy(
                            name,
                            whole
                                    ? section.text("description", base.description())
                                    : base.description(),
                            type,
                            section.number("severity", base.severity(), 0, 7),
                            section.flag("enabled", base.enabled()),
                            section.choice("mode", Mode.class, base.mode()),
                            ScopeReader.read(file, section, base.scope()),
                            rules(type),
                            actions(),
                            section.has("notify") ? section.texts("notify") : base.channels(),
                            section.text("runbook", base.runbook()),
                            exemptions(),
                            limits(),
                            drift(type),
                            malware(type),
                            managed,
                            file.position(section.node()));
            section.end();
            warnOfWhatCannotBePrevented(policy);
            return policy;
        }

        private void warnOfWhatCannotBePrevented(Policy policy) {
            if (!policy.actions().prevent()) {
                return;
            }
            rules.tagsByName()
                    .forEach(
                            (rule, tags) -> {
                                if (policy.takes(rule, tags) && !rules.seesExec(rule, catalog)) {
                                    file.warn(
                                            policy.position(),
                                            "rule \""
                                                    + rule
                                                    + "\" is not about an exec: it cannot be"
                                                    + " prevented, its process is killed instead");
                                }
                            });
        }

        private List<RuleChoice> rules(PolicyType type) {
            if (type != PolicyType.WORKLOAD) {
                section.forbid("rules", "only a workload policy has rules");
                return List.of();
            }
            List<RuleChoice> choices = new ArrayList<>(base.rules());
            choices.addAll(rulesReader.read(section.list("rules")));
            if (choices.stream().noneMatch(RuleChoice::enabled)) {
                file.error(
                        section.node(),
                        "policy: it takes no rule; list names or tags under \"rules\"");
            }
            return choices;
        }

        private Actions actions() {
            Section actions = section.section("actions");
            return actions == null ? base.actions() : ActionsReader.read(actions);
        }

        private List<Exemption> exemptions() {
            List<Exemption> all = new ArrayList<>(base.exemptions());
            all.addAll(
                    new ExemptionReader(file, catalog, rulesReader, now)
                            .read(section.list("exceptions")));
            return all;
        }

        private Limits limits() {
            Section limits = section.section("limits");
            if (limits == null) {
                return base.limits();
            }
            Limits old = base.limits();
            int max = 1_000_000;
            Limits read =
                    new Limits(
                            limits.number("kills_per_minute", old.killsPerMinute(), 1, max),
                            limits.number(
                                    "workload_kills_per_minute",
                                    old.workloadKillsPerMinute(),
                                    1,
                                    max),
                            limits.number("containers_per_hour", old.containersPerHour(), 1, max));
            limits.end();
            return read;
        }

        private DriftRule drift(PolicyType type) {
            if (type != PolicyType.DRIFT) {
                section.forbid("drift", "only a policy of type drift has it");
                return DriftRule.NONE;
            }
            Section drift = whole ? section.section("drift") : null;
            if (drift != null) {
                return new DriftReader(file).drift(drift);
            }
            return base.type() == PolicyType.DRIFT ? base.drift() : DriftRule.DEFAULT;
        }

        private MalwareRule malware(PolicyType type) {
            if (type != PolicyType.MALWARE) {
                section.forbid("malware", "only a policy of type malware has it");
                return base.malware();
            }
            Section malware = whole ? section.section("malware") : null;
            return malware == null ? base.malware() : new DriftReader(file).malware(malware);
        }
    }
}
