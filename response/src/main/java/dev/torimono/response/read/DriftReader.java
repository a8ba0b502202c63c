// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.read;

import com.google.re2j.PatternSyntaxException;
import dev.torimono.response.drift.DriftRule;
import dev.torimono.response.drift.PathSet;
import dev.torimono.response.policy.MalwareRule;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads the parts of policies that judge files: drift and malware. */
final class DriftReader {
    private final YamlFile file;

    DriftReader(YamlFile file) {
        this.file = file;
    }

    DriftRule drift(Section section) {
        boolean regex = section.flag("regex", false);
        DriftRule rule =
                new DriftRule(
                        section.flag("binaries", DriftRule.DEFAULT.binaries()),
                        section.flag("volumes", DriftRule.DEFAULT.volumes()),
                        section.flag("scripts", DriftRule.DEFAULT.scripts()),
                        section.flag("libraries", DriftRule.DEFAULT.libraries()),
                        paths(section, "exceptions", regex),
                        paths(section, "prohibited_binaries", regex),
                        paths(section, "allowed_parents", regex),
                        paths(section, "allowed_ancestors", regex),
                        paths(section, "prohibited_parents", regex));
        section.end();
        return rule;
    }

    private PathSet paths(Section section, String key, boolean regex) {
        List<String> items = section.texts(key);
        for (Node node : section.list(key)) {
            if (node instanceof ScalarNode scalar) {
                check(scalar, key, regex);
            }
        }
        if (!regex) {
            return PathSet.of(items);
        }
        return PathSet.ofPatterns(items.stream().filter(DriftReader::isPattern).toList());
    }

    private void check(ScalarNode item, String key, boolean regex) {
        String text = item.getValue();
        if (regex && !isPattern(text)) {
            file.error(item, "\"" + key + "\": bad regular expression: " + text);
        } else if (!regex && !text.startsWith("/")) {
            file.error(
                    item,
                    "\""
                            + key
                            + "\": expected a full path (or regex: true), found \""
                            + text
                            + "\"");
        }
    }

    private static boolean isPattern(String text) {
        try {
            com.google.re2j.Pattern.compile(text);
            return true;
        } catch (PatternSyntaxException e) {
            return false;
        }
    }

    MalwareRule malware(Section section) {
        MalwareRule rule =
                new MalwareRule(
                        hashes(section, "hashes"),
                        hashes(section, "ignore_hashes"),
                        Set.copyOf(section.texts("ignore_paths")));
        section.end();
        return rule;
    }

    private Set<String> hashes(Section section, String key) {
        Set<String> hashes = new HashSet<>();
        for (Node node : section.list(key)) {
            String text =
                    node instanceof ScalarNode scalar
                            ? scalar.getValue().toLowerCase(Locale.ROOT)
                            : "";
            if (text.matches("[0-9a-f]{64}")) {
                hashes.add(text);
            } else {
                section.wrong(key, node, "SHA-256 hashes of 64 hex digits");
            }
        }
        return hashes;
    }
}
