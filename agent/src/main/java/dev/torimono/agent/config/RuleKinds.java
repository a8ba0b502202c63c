// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.config;

import dev.torimono.rules.LoadOptions.ExtraOutput;
import dev.torimono.rules.Selection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;

/** The two values that are more than text: which rules take part, and what outputs append. */
final class RuleKinds {
    /**
     * Steps in order, each {@code disable: {rule: "wild*card"}}, {@code enable: {tag: T}} or the
     * same as text: {@code disable rule wild*card}.
     */
    static final Kind<Selection> SELECTION =
            node -> new Selection(Kind.each(RuleKinds::step).read(node));

    /** What a container's fields look like when appended to every output, as Falco's default. */
    static final String SUGGESTED_OUTPUT =
            "container_id=%container.id container_name=%container.name"
                    + " container_image_repository=%container.image.repository"
                    + " container_image_tag=%container.image.tag"
                    + " k8s_pod_name=%k8s.pod.name k8s_ns_name=%k8s.ns.name";

    /** A list of {@code {match: {source, tags, rule}, extra_output, suggested_output}}. */
    static final Kind<List<ExtraOutput>> EXTRA_OUTPUTS =
            node ->
                    Kind.each(RuleKinds::extraOutputs).read(node).stream()
                            .flatMap(List::stream)
                            .toList();

    private RuleKinds() {}

    private static Selection.Step step(Node node) {
        if (node instanceof MappingNode mapping && mapping.getValue().size() == 1) {
            NodeTuple outer = mapping.getValue().getFirst();
            if (outer.getValueNode() instanceof MappingNode inner && inner.getValue().size() == 1) {
                NodeTuple what = inner.getValue().getFirst();
                return step(
                        Kind.scalar(outer.getKeyNode()),
                        Kind.scalar(what.getKeyNode()),
                        Kind.scalar(what.getValueNode()));
            }
        } else {
            String[] words = Kind.scalar(node).split(" ", 3);
            if (words.length == 3) {
                return step(words[0], words[1], words[2].strip());
            }
        }
        throw badStep();
    }

    private static Selection.Step step(String verb, String what, String which) {
        boolean enable =
                switch (verb) {
                    case "enable" -> true;
                    case "disable" -> false;
                    default -> throw badStep();
                };
        return switch (what) {
            case "rule" -> new Selection.ByName(enable, which);
            case "tag" -> new Selection.ByTag(enable, which);
            default -> throw badStep();
        };
    }

    private static BadValueException badStep() {
        return new BadValueException(
                "must be steps such as {disable: {rule: \"*\"}} or {enable: {tag: network}}");
    }

    private static List<ExtraOutput> extraOutputs(Node node) {
        if (!(node instanceof MappingNode mapping)) {
            throw new BadValueException("must be a list of {match: …, extra_output: …}");
        }
        String source = "";
        String rule = "";
        Set<String> tags = new HashSet<>();
        List<String> formats = new ArrayList<>();
        boolean suggested = false;
        for (NodeTuple tuple : mapping.getValue()) {
            Node value = tuple.getValueNode();
            switch (Kind.scalar(tuple.getKeyNode())) {
                case "match" -> {
                    source = Nodes.text(value, "source").orElse("");
                    rule = Nodes.text(value, "rule").orElse("");
                    Nodes.child(value, "tags").ifPresent(t -> tags.addAll(Kind.LIST.read(t)));
                }
                case "extra_output" -> formats.add(Kind.scalar(value));
                case "suggested_output" -> suggested = Kind.FLAG.read(value);
                case String other ->
                        throw new BadValueException(
                                other
                                        + " is not understood here; known are match, extra_output"
                                        + " and suggested_output");
            }
        }
        List<ExtraOutput> outputs = new ArrayList<>();
        for (String format : formats) {
            outputs.add(new ExtraOutput(format, source, tags, rule));
        }
        if (suggested) {
            outputs.add(new ExtraOutput(SUGGESTED_OUTPUT, "syscall", tags, rule));
        }
        return outputs;
    }
}
