// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.source;

import dev.torimono.response.policy.PolicyFile;
import dev.torimono.response.source.PolicySource.Block;
import java.util.ArrayList;
import java.util.List;

/**
 * An exception to be written into a policy file.
 *
 * @param name its name
 * @param rule the rule it concerns; empty in policies that have none
 * @param scope where it holds; empty for everywhere
 * @param when the condition it needs; empty for none
 * @param reason why
 * @param owner who answers for it
 * @param expires when it ends; empty for never
 */
public record NewException(
        String name,
        String rule,
        String scope,
        String when,
        String reason,
        String owner,
        String expires) {

    /** As an element of a list, its dash at the margin. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("- name: " + quoted(name));
        if (!rule.isEmpty()) {
            lines.add("  rules: [" + quoted(rule) + "]");
        }
        if (!scope.isEmpty()) {
            lines.add("  scope: " + quoted(scope));
        }
        if (!when.isEmpty()) {
            lines.add("  when: " + quoted(when));
        }
        lines.add("  reason: " + quoted(reason));
        lines.add("  owner: " + quoted(owner));
        if (!expires.isEmpty()) {
            lines.add("  expires: " + expires);
        }
        return lines;
    }

    /** The file with it, the rest as it was. */
    public PolicyFile into(PolicySource source, Block block) {
        List<String> more = new ArrayList<>();
        String indent = " ".repeat(block.column());
        boolean first = block.exceptionsEnd() == 0;
        if (first) {
            more.add(indent + "exceptions:");
        }
        String itemIndent = first ? indent + "  " : itemIndent(source, block);
        lines().forEach(line -> more.add(itemIndent + line));
        int behind = first ? block.lastLine() : block.exceptionsEnd();
        return new PolicyFile(source.file().name(), source.with(behind, more));
    }

    /** A file with it for a managed policy that is not changed there yet. */
    public PolicyFile managed(PolicySource source, String policy) {
        List<String> more = new ArrayList<>();
        boolean has = source.blocks().stream().anyMatch(Block::managed);
        int behind = source.lines().size();
        if (has) {
            behind =
                    source.blocks().stream()
                            .filter(Block::managed)
                            .mapToInt(Block::lastLine)
                            .max()
                            .orElse(behind);
        } else {
            more.add("managed:");
        }
        int column =
                source.blocks().stream()
                        .filter(Block::managed)
                        .mapToInt(Block::column)
                        .findFirst()
                        .orElse(4);
        String dash = " ".repeat(Math.max(0, column - 2));
        more.add(dash + "- name: " + quoted(policy));
        more.add(dash + "  exceptions:");
        lines().forEach(line -> more.add(dash + "    " + line));
        return new PolicyFile(source.file().name(), source.with(behind, more));
    }

    /** Further exceptions stand where the first one does. */
    private static String itemIndent(PolicySource source, Block block) {
        for (int i = block.exceptionsEnd(); i >= block.firstLine(); i--) {
            String line = source.lines().get(i - 1);
            String text = line.stripLeading();
            if (text.startsWith("- name:") || text.startsWith("- reason:")) {
                return line.substring(0, line.length() - text.length());
            }
        }
        return " ".repeat(block.column() + 2);
    }

    /** Always quoted: names and conditions hold colons, brackets and hashes. */
    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", " ") + "\"";
    }
}
