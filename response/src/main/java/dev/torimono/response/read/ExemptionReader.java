// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.read;

import dev.torimono.response.policy.Exemption;
import dev.torimono.response.policy.When;
import dev.torimono.response.scope.Scope;
import dev.torimono.rules.RuleException;
import dev.torimono.rules.field.FieldCatalog;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads a policy's exceptions. */
final class ExemptionReader {
    private final YamlFile file;
    private final FieldCatalog catalog;
    private final RulesReader rules;
    private final Instant now;

    ExemptionReader(YamlFile file, FieldCatalog catalog, RulesReader rules, Instant now) {
        this.file = file;
        this.catalog = catalog;
        this.rules = rules;
        this.now = now;
    }

    List<Exemption> read(List<Node> nodes) {
        List<Exemption> exemptions = new ArrayList<>();
        for (Node node : nodes) {
            Section section = Section.of(file, node, "exception");
            if (section != null) {
                exemptions.add(exemption(section));
            }
        }
        return exemptions;
    }

    private Exemption exemption(Section section) {
        Exemption exemption =
                new Exemption(
                        section.required("name"),
                        rules.read(section.list("rules")),
                        scope(section),
                        when(section),
                        section.required("reason"),
                        section.required("owner"),
                        expires(section));
        section.end();
        if (!section.has("when") && !section.has("scope") && !section.has("rules")) {
            file.error(
                    section.node(),
                    "exception: it would switch the whole policy off; write \"when\", \"scope\" or"
                            + " \"rules\", or disable the policy");
        }
        if (exemption.expired(now)) {
            file.warn(
                    file.position(section.node()),
                    "exception \"" + exemption.name() + "\" has expired and no longer applies");
        }
        return exemption;
    }

    private @Nullable When when(Section section) {
        ScalarNode node = section.scalar("when");
        if (node == null) {
            return null;
        }
        try {
            return When.compile(node.getValue(), catalog);
        } catch (RuleException e) {
            file.error(node, e.span(), "\"when\" of exception: " + e.getMessage());
            return null;
        }
    }

    private Scope scope(Section section) {
        return ScopeReader.read(file, section, Scope.EVERYWHERE);
    }

    /** A day ends at its end in UTC. */
    private @Nullable Instant expires(Section section) {
        ScalarNode node = section.scalar("expires");
        if (node == null) {
            return null;
        }
        String text = node.getValue();
        try {
            return text.length() <= 10
                    ? LocalDate.parse(text).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : Instant.parse(text);
        } catch (DateTimeParseException e) {
            section.wrong(
                    "expires",
                    node,
                    "a day such as 2027-03-31 or a time such as" + " 2027-03-31T18:00:00Z");
            return null;
        }
    }
}
