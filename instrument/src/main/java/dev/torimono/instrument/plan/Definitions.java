// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.instrument.plan;

import dev.torimono.instrument.InstrumentException;
import dev.torimono.instrument.read.JsonReader;
import dev.torimono.instrument.read.YamlReader;
import dev.torimono.instrument.tree.Node;
import dev.torimono.instrument.tree.Node.Entry;
import dev.torimono.instrument.tree.Node.Item;
import dev.torimono.instrument.tree.Node.Mapping;
import dev.torimono.instrument.tree.Node.Sequence;
import dev.torimono.instrument.tree.Source;
import dev.torimono.instrument.tree.Tree;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the tasks and pods in a text.
 *
 * @param tree what was read
 * @param workloads at least one
 */
public record Definitions(Tree tree, List<Workload> workloads) {
    private static final String KINDS =
            "an ECS task definition or list of container definitions, a CloudFormation template with"
                    + " an AWS::ECS::TaskDefinition, a Terraform file with an aws_ecs_task_definition,"
                    + " or a Kubernetes Pod, Deployment, StatefulSet, DaemonSet, ReplicaSet, Job or"
                    + " CronJob";

    /** Which syntax a text has; its name says so, or else its first character. */
    private enum Syntax {
        JSON,
        YAML,
        HCL,
        TERRAFORM_JSON
    }

    /** Reads a text. */
    public static Definitions read(Source source) {
        List<Workload> found = new ArrayList<>();
        Tree tree =
                switch (syntax(source)) {
                    case HCL -> {
                        found.addAll(TerraformFile.hcl(source));
                        yield new Tree(source, List.of(), List.of());
                    }
                    case TERRAFORM_JSON -> {
                        Node root = JsonReader.read(source, true);
                        found.addAll(TerraformFile.json(source, root));
                        yield new Tree(source, List.of(root), List.of());
                    }
                    case JSON -> {
                        Node root = JsonReader.read(source);
                        documents(source, List.of(root), false, found);
                        yield new Tree(source, List.of(root), List.of());
                    }
                    case YAML -> {
                        Tree yaml = YamlReader.read(source);
                        documents(source, yaml.roots(), true, found);
                        yield yaml;
                    }
                };
        if (found.isEmpty()) {
            throw new InstrumentException(
                    source.name() + ": nothing to instrument; expected " + KINDS);
        }
        return new Definitions(tree, List.copyOf(found));
    }

    private static Syntax syntax(Source source) {
        String name = source.name();
        String text = source.text().replaceFirst("^\uFEFF", "").stripLeading();
        if (name.endsWith(".tf.json")) {
            return Syntax.TERRAFORM_JSON;
        }
        if (name.endsWith(".tf") || name.endsWith(".hcl")) {
            return Syntax.HCL;
        }
        boolean yaml = name.endsWith(".yaml") || name.endsWith(".yml");
        return !yaml && (name.endsWith(".json") || text.startsWith("{") || text.startsWith("["))
                ? Syntax.JSON
                : Syntax.YAML;
    }

    private static void documents(
            Source source, List<Node> roots, boolean yaml, List<Workload> found) {
        for (Node root : roots) {
            if (root instanceof Sequence list && !list.items().isEmpty()) {
                if (list.items().getFirst().value() instanceof Mapping) {
                    found.add(
                            new Workload(
                                    source,
                                    "container definitions",
                                    Dialect.ECS,
                                    null,
                                    list,
                                    false));
                }
            } else if (root instanceof Mapping mapping) {
                document(source, mapping, yaml, found);
            }
        }
    }

    private static void document(Source source, Mapping root, boolean yaml, List<Workload> found) {
        if (root.get("Resources") instanceof Mapping resources) {
            Dialect dialect = yaml ? Dialect.CLOUDFORMATION_YAML : Dialect.CLOUDFORMATION_JSON;
            resources(source, dialect, resources, found);
        } else if (root.text("kind") != null && root.text("apiVersion") != null) {
            PodSpecs.find(source, root, found);
        } else {
            // As `aws ecs describe-task-definition` prints it.
            Mapping task =
                    root.get("taskDefinition") instanceof Mapping described ? described : root;
            Node containers = first(task, "containerDefinitions", "ContainerDefinitions");
            if (containers != null) {
                found.add(task(source, "task definition", Dialect.ECS, task, containers));
            }
        }
    }

    private static void resources(
            Source source, Dialect dialect, Mapping resources, List<Workload> found) {
        for (Entry entry : resources.entries()) {
            if (entry.value() instanceof Mapping resource
                    && "AWS::ECS::TaskDefinition".equals(resource.text("Type"))) {
                found.add(cloudFormation(source, dialect, entry, resource));
            } else if (entry.key().startsWith("Fn::ForEach::")
                    && entry.value() instanceof Sequence loop) {
                // Its name, what it runs over, and the resources that it makes each time.
                mappings(loop).forEach(one -> resources(source, dialect, one, found));
            }
        }
    }

    private static @Nullable Node first(Mapping mapping, String one, String other) {
        Node node = mapping.get(one);
        return node == null ? mapping.get(other) : node;
    }

    private static Workload cloudFormation(
            Source source, Dialect dialect, Entry entry, Mapping resource) {
        String what = "task definition " + entry.key();
        Node containers =
                resource.get("Properties") instanceof Mapping properties
                        ? properties.get("ContainerDefinitions")
                        : null;
        if (containers == null) {
            throw source.error(entry.from(), what + " has no ContainerDefinitions");
        }
        return task(source, what, dialect, (Mapping) resource.get("Properties"), containers);
    }

    /** A task whose containers must stand in the text. */
    static Workload task(
            Source source, String what, Dialect dialect, @Nullable Mapping root, Node containers) {
        if (!(containers instanceof Sequence list)) {
            throw source.error(
                    containers.from(),
                    what
                            + ": the containers must be a list in this file, found "
                            + Node.kind(containers)
                            + "; what it comes to is not known here");
        }
        if (list.items().isEmpty()) {
            throw source.error(containers.from(), what + ": has no containers");
        }
        return new Workload(source, what, dialect, root, list, false);
    }

    static List<Mapping> mappings(Sequence list) {
        List<Mapping> mappings = new ArrayList<>();
        for (Item item : list.items()) {
            if (item.value() instanceof Mapping mapping) {
                mappings.add(mapping);
            }
        }
        return mappings;
    }
}
