// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.catalog;

import dev.torimono.collector.web.ApiException;
import dev.torimono.response.decision.Capabilities;
import dev.torimono.response.decision.PolicyLoader;
import dev.torimono.response.decision.Tallies;
import dev.torimono.response.policy.Policy;
import dev.torimono.response.policy.PolicyException;
import dev.torimono.response.policy.PolicyFile;
import dev.torimono.response.policy.Problem;
import dev.torimono.response.scope.HostFacts;
import dev.torimono.rules.LoadOptions;
import dev.torimono.rules.LoadReport;
import dev.torimono.rules.LoadResult;
import dev.torimono.rules.Rule;
import dev.torimono.rules.RuleFile;
import dev.torimono.rules.RuleLoader;
import dev.torimono.ruleset.ShippedRules;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Loads a bundle as an agent would, so that no agent gets what it would refuse. */
final class Soundness {
    static final String RULES = "rules";
    private static final String POLICIES = "policies";

    /** What somebody writes and nobody has kept. */
    private static final String WRITTEN = "written";

    private volatile List<String> warnings = List.of();

    List<String> warnings() {
        return warnings;
    }

    /**
     * @throws ApiException with everything that is wrong
     */
    void check(Bundle bundle) {
        LoadResult result = load(bundle.rules());
        warnings = result.report().warnings().stream().map(Object::toString).toList();
        policies(bundle, result.ruleset().rules());
    }

    /** The policies of a bundle. */
    static List<Policy> policies(Bundle bundle) {
        return policies(bundle, load(bundle.rules()).ruleset().rules());
    }

    /** All rules, those that come with the program first. */
    static List<Rule> rules(String rules) {
        return load(rules).ruleset().rules();
    }

    /** What the loader says of rules beside those that come with the program. */
    static LoadReport report(String rules) {
        return loaded(rules).report();
    }

    /** What is wrong with policies that somebody writes, beside others. */
    static List<Editing.Fault> faults(List<Rule> rules, String others, String written) {
        List<Editing.Fault> faults = new ArrayList<>();
        try {
            loader().load(
                            List.of(
                                    new PolicyFile(POLICIES, others),
                                    new PolicyFile(WRITTEN, written)),
                            rules)
                    .warnings()
                    .forEach(one -> faults.add(fault(one, false)));
        } catch (PolicyException e) {
            e.problems().forEach(one -> faults.add(fault(one, true)));
        }
        // What is doubtful about others is not what its writer asks.
        faults.removeIf(fault -> !fault.error() && fault.line() == 0);
        return faults;
    }

    private static Editing.Fault fault(Problem of, boolean error) {
        boolean here = of.position().file().equals(WRITTEN);
        return new Editing.Fault(
                error,
                here ? of.position().line() : 0,
                here ? of.position().column() : 0,
                // A place is told by the text that its writer sees.
                of.message().replaceAll("\\b" + WRITTEN + ":(\\d+):(\\d+)", "line $1, column $2"));
    }

    private static LoadResult loaded(String rules) {
        List<RuleFile> files = new ArrayList<>();
        ShippedRules.files().forEach(file -> files.add(new RuleFile(file.name(), file.content())));
        files.add(new RuleFile(RULES, rules));
        return new RuleLoader(LoadOptions.DEFAULT).load(files);
    }

    private static LoadResult load(String rules) {
        LoadResult result = loaded(rules);
        LoadReport report = result.report();
        if (!report.ok()) {
            throw ApiException.invalid(report.text().strip());
        }
        return result;
    }

    private static PolicyLoader loader() {
        return new PolicyLoader(
                ShippedRules.policyNames().stream()
                        .map(name -> new PolicyFile(name, ShippedRules.text(name)))
                        .toList(),
                HostFacts.named("collector"),
                Capabilities.NONE,
                new Tallies(),
                Clock.systemUTC());
    }

    private static List<Policy> policies(Bundle bundle, List<Rule> rules) {
        try {
            return loader().load(List.of(new PolicyFile(POLICIES, bundle.policies())), rules)
                    .policies();
        } catch (PolicyException e) {
            throw ApiException.invalid(String.valueOf(e.getMessage()));
        }
    }
}
